//! Filed documents, kept beside the data file under their content's name.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use sha2::{Digest, Sha256};

use super::Store;
use super::error::StoreError;

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
        let cannot = |e: std::io::Error| StoreError::CannotOpen {
            path: target.clone(),
            reason: e.to_string(),
        };
        let folder = target.parent().unwrap_or(&target);
        fs::create_dir_all(folder).map_err(cannot)?;
        for above in folder.ancestors().take(2) {
            crate::paths::keep_private(above);
        }
        let mut temp = tempfile::Builder::new()
            .prefix(".gendan-")
            .tempfile_in(folder)
            .map_err(cannot)?;
        temp.write_all(bytes).map_err(cannot)?;
        temp.as_file().sync_all().map_err(cannot)?;
        temp.persist(&target).map_err(|e| cannot(e.error))?;
        Ok(hash)
    }

    /// Where the content of that name is kept; `None` for a store in memory.
    #[must_use]
    pub fn file_path(&self, hash: &str) -> Option<PathBuf> {
        if self.path().as_os_str().is_empty() {
            return None;
        }
        let (head, _) = hash.split_at_checked(2)?;
        Some(crate::paths::files_of(self.path()).join(head).join(hash))
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
