//! Makes random commands: mostly sensible, now and then not at all.

mod floor;
mod office;
mod trouble;

use chrono::{Days, NaiveDate};
use gendan::command::Command;
use gendan::domain::moment::Moment;
use gendan::domain::quantity::{Micro, Qty};
use gendan::domain::record::Record;
use gendan::domain::world::{Rows, World};

use crate::faults::Dice;
use crate::store::fixed;

pub(crate) struct Maker {
    pub(crate) dice: Dice,
    today: NaiveDate,
}

impl Maker {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            dice: Dice(seed),
            today: fixed().today(),
        }
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.dice.of(from.len())]
    }

    /// The id of some row; one that is not there where there is none, and now and then anyway.
    fn id<T: Record>(&mut self, rows: &Rows<T>) -> i64 {
        if rows.is_empty() || self.dice.of(60) == 0 {
            return 999_999;
        }
        let at = self.dice.of(rows.len());
        rows.iter().nth(at).unwrap().id()
    }

    fn row<T: Record + Default>(&mut self, rows: &Rows<T>) -> T {
        let id = self.id(rows);
        rows.get(id).cloned().unwrap_or_default()
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.dice.of(2) == 0).then(|| make(self))
    }

    fn yes(&mut self) -> bool {
        self.dice.of(2) == 0
    }

    fn qty(&mut self) -> Qty {
        let most = self.pick(&[5, 50, 500]);
        Micro::whole(i64::try_from(self.dice.of(most)).unwrap() + i64::from(self.dice.of(20) != 0))
    }

    fn small(&mut self) -> i64 {
        i64::try_from(self.dice.of(4)).unwrap()
    }

    fn ahead(&mut self) -> NaiveDate {
        let days = self.dice.of(60) as u64;
        self.today + Days::new(days)
    }

    fn back(&mut self) -> NaiveDate {
        let days = self.dice.of(5) as u64;
        self.today - Days::new(days)
    }

    fn moment(&mut self) -> Moment {
        let day = self.ahead();
        let hour = self.pick(&[8, 10, 13, 16]);
        Moment(day.and_hms_opt(hour, 0, 0).unwrap())
    }

    fn text(&mut self) -> String {
        self.pick(&[
            "",
            "说明",
            "why \"not\"",
            "=1+1",
            "a/b\u{202e}c",
            "货期紧",
            "x",
        ])
        .to_owned()
    }

    /// Mostly filled in.
    fn said(&mut self) -> String {
        if self.dice.of(8) == 0 {
            String::new()
        } else {
            self.pick(&["因为客户要求", "because", "李", "已查实"])
                .to_owned()
        }
    }

    pub(crate) fn command(&mut self, w: &World) -> Command {
        match self.dice.of(6) {
            0 => self.orders(w),
            1 => self.papers(w),
            2 => self.review(w),
            3 => self.factory(w),
            4 => self.goods(w),
            _ => self.trouble(w),
        }
    }
}
