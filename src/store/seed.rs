//! What a new file starts with: the factory's calendar, so that dates work before any set-up.

use rusqlite::Connection;

use super::error::StoreError;
use super::row::{all_fields, insert, table_of, to_fields};
use crate::domain::holidays;

/// Puts the calendar `DAY` in: six working days a week, the public holidays and make-up days.
pub(super) fn calendar(db: &Connection) -> Result<(), StoreError> {
    let (calendar, days) = holidays::factory_calendar();
    let id = insert(
        db,
        table_of::<crate::domain::resource::CalendarRow>()?,
        &to_fields(&calendar)?,
    )?;
    for mut day in days {
        day.calendar_id = id;
        insert(
            db,
            table_of::<crate::domain::resource::CalendarDay>()?,
            &to_fields(&day)?,
        )?;
    }
    // No change of the journal made these rows, so it starts from them.
    for table in [
        table_of::<crate::domain::resource::CalendarRow>()?,
        table_of::<crate::domain::resource::CalendarDay>()?,
    ] {
        for fields in all_fields(db, table)? {
            super::replay::start_from(db, table.name, &fields, 0, 0)?;
        }
    }
    Ok(())
}
