//! Filed documents, kept beside the data file under their content's name.

use std::io::Write;
use std::path::PathBuf;

use sha2::{Digest, Sha256};

use super::Store;
use super::error::StoreError;
use super::place;
use crate::paths;

/// The largest file that is filed, in bytes: a scanned order of a hundred pages fits.
pub const FILE_BYTES_MAX: u64 = 64 * 1024 * 1024;

impl Store {
    /// Keeps bytes under the name of their content (SHA-256 in hexadecimal) and returns it.
    ///
    /// A store in memory keeps the name alone.
    ///
    /// # Errors
    /// Where the folder beside the data file cannot be written.
    pub fn keep_file(&self, bytes: &[u8]) -> Result<String, StoreError> {
        let hash = content_name(bytes);
        let Some(target) = self.file_path(&hash) else {
            return Ok(hash);
        };
        if target.exists() {
            return Ok(hash);
        }
        if self.read_only {
            return Err(StoreError::ReadOnly);
        }
        let cannot = |e: std::io::Error| StoreError::cannot(&target, &e);
        let folder = paths::folder_of(&target);
        for own in [paths::folder_of(folder), folder] {
            place::own_folder(own)?;
        }
        let mut temp = paths::temp_file(folder).map_err(cannot)?;
        temp.write_all(bytes).map_err(cannot)?;
        temp.as_file().sync_all().map_err(cannot)?;
        temp.persist(&target).map_err(|e| cannot(e.error))?;
        paths::sync_folder(folder);
        Ok(hash)
    }

    /// Where the content of that name is kept; `None` for a store in memory.
    #[must_use]
    pub fn file_path(&self, hash: &str) -> Option<PathBuf> {
        if self.path().as_os_str().is_empty() {
            return None;
        }
        let (head, _) = hash.split_at_checked(2)?;
        Some(paths::files_of(self.path()).join(head).join(hash))
    }
}

/// SHA-256 in hexadecimal.
#[must_use]
pub fn content_name(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
