//! The thread that answers questions about the plan: what would this move, who pays for a rush,
//! what does each principle do.
//!
//! Apart from the planner, so that a question is not kept waiting by an improvement. The newest
//! question wins; a panic is caught and answered as a failure.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Sender, SyncSender, channel};
use std::thread;

use super::outlook::{Outlook, PrincipleEffect, RushedOrder, Weighed};
use super::planner::latest;
use crate::domain::moment::Moment;
use crate::domain::world::World;
use crate::plan::gather::{self, Sides};

/// What is asked, with everything the answer stands on.
#[derive(Debug)]
pub enum Asked {
    /// What differs between the plan of the data as they are and as they would be.
    Weigh {
        after: Box<World>,
        sides: Sides,
    },
    Rush {
        order_id: i64,
    },
    Principles,
}

/// A question with its number.
#[derive(Debug)]
pub struct Question {
    pub number: u64,
    pub world: World,
    pub now: Moment,
    pub shown: Outlook,
    pub asked: Asked,
}

impl PartialEq for Question {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl Eq for Question {}

impl Clone for Question {
    fn clone(&self) -> Self {
        Self {
            number: self.number,
            world: self.world.clone(),
            now: self.now,
            shown: self.shown.clone(),
            asked: match &self.asked {
                Asked::Weigh { after, sides } => Asked::Weigh {
                    after: after.clone(),
                    sides: *sides,
                },
                Asked::Rush { order_id } => Asked::Rush {
                    order_id: *order_id,
                },
                Asked::Principles => Asked::Principles,
            },
        }
    }
}

/// What comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Weighed(Box<Weighed>),
    /// `None`: the order cannot be planned.
    Rush(Option<Box<RushedOrder>>),
    Principles(Vec<PrincipleEffect>),
    /// The planner failed on it.
    Failed,
}

impl Question {
    /// Answers it; takes as long as it takes.
    #[must_use]
    pub fn answer(&self) -> Answer {
        match &self.asked {
            Asked::Weigh { after, sides } => Answer::Weighed(Box::new(gather::weigh(
                &self.world,
                after,
                self.now,
                &self.shown,
                *sides,
            ))),
            Asked::Rush { order_id } => {
                let order = self.world.orders.get(*order_id);
                let found = order.and_then(|o| gather::rush(&self.world, self.now, &self.shown, o));
                Answer::Rush(found.map(Box::new))
            }
            Asked::Principles => Answer::Principles(gather::principles(&self.world, self.now)),
        }
    }
}

/// The thread's handle; it ends when this is dropped.
#[derive(Debug)]
pub struct Adviser {
    questions: Sender<Question>,
}

impl Adviser {
    /// Starts the thread; `make` turns each answer into the caller's event.
    ///
    /// # Errors
    /// Where the system gives no thread.
    pub fn spawn<E: Send + 'static>(
        events: SyncSender<E>,
        make: impl Fn(u64, Answer) -> E + Send + 'static,
    ) -> std::io::Result<Self> {
        Self::serving(events, make, Question::answer)
    }

    /// The thread with what answers a question.
    fn serving<E: Send + 'static>(
        events: SyncSender<E>,
        make: impl Fn(u64, Answer) -> E + Send + 'static,
        answer: impl Fn(&Question) -> Answer + Send + 'static,
    ) -> std::io::Result<Self> {
        let (questions, inbox) = channel::<Question>();
        thread::Builder::new()
            .name("adviser".to_owned())
            .spawn(move || {
                while let Some(question) = latest(&inbox) {
                    let said = catch_unwind(AssertUnwindSafe(|| answer(&question)))
                        .unwrap_or(Answer::Failed);
                    if events.send(make(question.number, said)).is_err() {
                        return;
                    }
                }
            })?;
        Ok(Self { questions })
    }

    /// Asks; an older question that waits is dropped.
    pub fn ask(&self, question: Question) {
        // A thread that is gone answers nothing; the page goes on saying that it computes.
        let _ = self.questions.send(question);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::sync_channel;

    #[test]
    fn a_question_that_panics_is_answered_as_failed_and_the_next_one_is_heard() {
        let (tx, rx) = sync_channel(2);
        let answer = |question: &Question| {
            assert!(question.number != 1, "on purpose");
            Answer::Rush(None)
        };
        let adviser = Adviser::serving(tx, |n, answer| (n, answer), answer).unwrap();
        for (number, wanted) in [(1, Answer::Failed), (2, Answer::Rush(None))] {
            adviser.ask(Question {
                number,
                world: World::default(),
                now: Moment::parse("2026-11-23T08:00").unwrap(),
                shown: Outlook::default(),
                asked: Asked::Principles,
            });
            assert_eq!(rx.recv(), Ok((number, wanted)));
        }
    }
}
