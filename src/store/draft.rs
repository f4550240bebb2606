//! What was typed into a form and not saved: one row per form and subject, outside the journal.

use rusqlite::named_params;

use super::Store;
use super::error::{Doing, StoreError};

/// A form that was left before it was saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Name of the form.
    pub form: String,
    /// Id of the row it edits; zero for a new one.
    pub subject: i64,
    /// UTC.
    pub at: String,
    /// The fields as JSON text.
    pub fields: String,
    /// The session that typed it.
    pub session: String,
}

impl Store {
    /// Keeps what stands in a form, in place of what was kept of it before.
    ///
    /// # Errors
    /// Where the file refuses the write.
    pub fn keep_draft(
        &mut self,
        form: &str,
        subject: i64,
        session: &str,
        fields: &str,
    ) -> Result<(), StoreError> {
        if self.read_only {
            return Ok(());
        }
        let at = self.clock.stamp();
        self.db
            .execute(
                "INSERT INTO draft (form, subject, session, at, fields)
                 VALUES (:form, :subject, :session, :at, :fields)
                 ON CONFLICT (form, subject, session) DO UPDATE SET at = :at, fields = :fields",
                named_params! { ":form": form, ":subject": subject, ":session": session,
                ":at": at, ":fields": fields },
            )
            .doing("Keep a draft")?;
        Ok(())
    }

    /// Drops what was kept of a form.
    ///
    /// # Errors
    /// Where the file refuses the write.
    pub fn drop_draft(
        &mut self,
        form: &str,
        subject: i64,
        session: &str,
    ) -> Result<(), StoreError> {
        if self.read_only {
            return Ok(());
        }
        self.db
            .execute(
                "DELETE FROM draft
                  WHERE form = :form AND subject = :subject AND session = :session",
                named_params! { ":form": form, ":subject": subject, ":session": session },
            )
            .doing("Drop a draft")?;
        Ok(())
    }

    /// The drafts that are kept, newest first.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn drafts(&self) -> Result<Vec<Draft>, StoreError> {
        let mut statement = self
            .db
            .prepare_cached(
                "SELECT form, subject, at, fields, session FROM draft ORDER BY at DESC, id DESC",
            )
            .doing("Read drafts")?;
        let rows = statement
            .query_map([], |row| {
                Ok(Draft {
                    form: row.get(0)?,
                    subject: row.get(1)?,
                    at: row.get(2)?,
                    fields: row.get(3)?,
                    session: row.get(4)?,
                })
            })
            .doing("Read drafts")?;
        rows.collect::<Result<_, _>>().doing("Read drafts")
    }
}
