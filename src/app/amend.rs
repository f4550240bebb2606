//! An amendment before it is saved: what it touches, to be read and decided.

use super::App;
use crate::command::{Command, amend as command};
use crate::domain::rule::amend;
use crate::domain::world::World;
use crate::overlay::pages::{Line, Page};
use crate::overlay::{Overlay, Review};
use crate::plan::gather;
use crate::plan::ripple::{self, Aspect, Kind, Side, Touch};
use crate::text::{ripple as said, shell};
use crate::theme::Role;

impl App {
    /// Shows what an amendment would change; nothing is written.
    pub(super) fn review_amendment(&mut self, mut c: command::Amend) {
        let clock = self.store.clock();
        let (now, today) = (clock.now(), clock.today());
        if let Err(refused) = command::check(&self.world, &c, today) {
            self.keep_draft();
            if let Some(editor) = self.editor() {
                editor.refuse(refused);
            }
            return;
        }
        let lines = command::revised(&c.lines);
        let differences = amend::differences(&self.world, &c.order, &lines);
        let cuts = amend::cuts(&self.world, &c.order, &lines);
        let after = amend::after(&self.world, &c.order, &lines, &cuts);
        // Both sides by the rules alone: what differs then comes from the change, not from luck.
        let plan = |world| gather::sketch(world, now);
        let (old, new) = (plan(&self.world), plan(&after));
        let stock = (
            ripple::explosion(&self.world, now),
            ripple::explosion(&after, now),
        );
        let before = Side {
            world: &self.world,
            outlook: &old,
            explosion: &stock.0,
        };
        let then = Side {
            world: &after,
            outlook: &new,
            explosion: &stock.1,
        };
        let touches = ripple::ripple(before, then, c.order.id, now);
        c.departments = touches.iter().map(|t| t.department).collect();
        c.touched = touched(&after, &touches);
        let line = |(left, text, bad): (String, String, bool)| Line {
            left,
            text,
            role: if bad { Role::Warn } else { Role::Base },
        };
        let lines = said::page(
            &self.world,
            &after,
            &differences,
            &cuts,
            &touches,
            self.lang,
        );
        let title = shell::RIPPLE_OF.fill(self.lang, &[&c.order.no, &touches.len().to_string()]);
        let page = Page::new(title, lines.into_iter().map(line).collect());
        self.overlays.push(Overlay::Review(Box::new(Review {
            page: page.deciding(shell::SAVE_AMENDMENT),
            command: Command::Amend(Box::new(c)),
        })));
    }

    /// Runs what was read; the form it came from is done then.
    pub(super) fn run_review(&mut self) {
        let Some(Overlay::Review(review)) = self.overlays.pop() else {
            return;
        };
        if self.run_command(&review.command)
            && let Some(Overlay::Form(editor)) = self.overlays.pop()
        {
            self.forget_draft(editor.form.kind, editor.form.subject);
        }
    }
}

/// What becomes of production orders, to be kept with the amendment.
fn touched(after: &World, touches: &[Touch]) -> Vec<amend::Difference> {
    let mut out = Vec::new();
    let made = touches
        .iter()
        .filter(|t| t.object.kind == Kind::ProductionOrder);
    for touch in made {
        let Some(order) = after.production_orders.get(touch.object.id) else {
            continue;
        };
        for (aspect, old, new) in &touch.changes {
            let what = match aspect {
                Aspect::Qty => "qty",
                Aspect::Start => "start",
                Aspect::Finish => "finish",
                _ => continue,
            };
            out.push(amend::of_production(&order.no, what, old, new));
        }
    }
    out
}
