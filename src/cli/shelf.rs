//! `shelve`: ended orders out of the day's work, and back.

use chrono::NaiveDate;

use super::data::say;
use super::{Failure, Setting};
use crate::command::shelf::Shelve;
use crate::command::{self, Command, Done};
use crate::domain::rule::shelf;
use crate::store::Access;
use crate::text::{refusal, shelf as words};

pub(super) fn shelve(
    setting: &Setting,
    before: Option<NaiveDate>,
    back: Option<&str>,
) -> Result<(), Failure> {
    let lang = setting.lang;
    let failed = |e| Failure::of(&e, lang);
    let mut store = setting.open(Access::Write)?;
    // Everything is looked through: a shelf may have been brought in with an interchange file.
    let world = store.working().map_err(failed)?;
    let command = match back {
        Some(no) => {
            let order_id = store.order_of_no(no).map_err(failed)?;
            let order_id = order_id.ok_or_else(|| Failure(words::NO_SUCH.fill(lang, &[no])))?;
            Command::TakeDown { order_id }
        }
        None => {
            let before = before.unwrap_or_else(|| shelf::rested_before(setting.clock.today()));
            if shelf::resting(&world, before).is_empty() {
                say(&words::NOTHING_RESTS.fill(lang, &[&before.to_string()]));
                return Ok(());
            }
            Command::Shelve(Shelve { before })
        }
    };
    let done: Done = command::apply(&mut store, &world, &command)
        .map_err(|refused| Failure(refusal::sentence(&refused, lang)))?;
    let args: Vec<&str> = done.deed.args.iter().map(String::as_str).collect();
    let said = match back {
        Some(_) => words::TAKEN_DOWN,
        None => words::SHELVED,
    };
    say(&said.fill(lang, &args));
    Ok(())
}
