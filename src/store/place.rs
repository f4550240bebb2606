//! Where the data file lies: what stands at its path, links, and file systems that cannot share
//! memory between computers.
//!
//! A link to the file is followed once, here; everything else that belongs to the file (its log,
//! copies, filed documents) then stands beside the real one.

use std::fs;
use std::path::{Path, PathBuf};

use super::backup::beside;
use super::error::StoreError;
use crate::paths;

/// Why a place will not do.
#[derive(Debug, thiserror::Error)]
pub enum PlaceError {
    /// A link that somebody else made, or one in the place of the log.
    #[error("a link: {0}")]
    Link(PathBuf),
    /// A link to something that is not there.
    #[error("a link to nothing: {0}")]
    DeadLink(PathBuf),
    /// Something of that name is there already.
    #[error("exists: {0}")]
    Exists(PathBuf),
    /// Another session has the file open.
    #[error("in use: {0}")]
    InUse(PathBuf),
    /// The file may only be read, but is of an older version and would have to be changed first.
    #[error("read only and older: {0}")]
    Older(PathBuf),
    /// The file or its folder may only be read.
    #[error("cannot be written: {0}")]
    CannotWrite(PathBuf),
    /// A copy was to be put in the place of itself.
    #[error("the same file: {0}")]
    SameFile(PathBuf),
}

/// What SQLite keeps beside a database while it is open.
pub(super) const TAILS: [&str; 3] = ["-wal", "-shm", "-journal"];

/// The real path of the data file, whether it is there or not.
///
/// # Errors
/// Where it is no file, a link of somebody else's or to nothing, or its log is a link.
pub(super) fn resolve(path: &Path) -> Result<PathBuf, StoreError> {
    let cannot = |e: std::io::Error| StoreError::cannot(path, &e);
    if paths::is_foreign_link(path) {
        return Err(PlaceError::Link(path.to_owned()).into());
    }
    let real = match fs::symlink_metadata(path) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            let Ok(folder) = fs::canonicalize(paths::folder_of(path)) else {
                return Ok(path.to_owned());
            };
            path.file_name().map_or(path.to_owned(), |n| folder.join(n))
        }
        Err(e) => return Err(cannot(e)),
        Ok(is) if is.is_symlink() && !path.exists() => {
            return Err(PlaceError::DeadLink(path.to_owned()).into());
        }
        Ok(_) => fs::canonicalize(path).map_err(cannot)?,
    };
    // A pipe or a device would be waited for without end.
    if real.exists() && !real.is_file() {
        return Err(StoreError::NotADatabase(path.to_owned()));
    }
    for tail in TAILS {
        let log = beside(&real, tail);
        if log.is_symlink() {
            return Err(PlaceError::Link(log).into());
        }
    }
    Ok(real)
}

/// Makes a folder of ours beside the data file where it is not there yet.
///
/// # Errors
/// Where it cannot be made, or a link of somebody else's stands in its place.
pub(super) fn own_folder(folder: &Path) -> Result<(), StoreError> {
    if paths::is_foreign_link(folder) {
        return Err(PlaceError::Link(folder.to_owned()).into());
    }
    paths::make_private_folder(folder).map_err(|e| StoreError::cannot(folder, &e))
}

/// File systems that several computers share, by the number that Linux names them with
/// (`statfs(2)`, `linux/magic.h` and the file systems' own sources).
const SHARED: &[(u32, &str)] = &[
    (0x0000_6969, "NFS"),
    (0x0000_517B, "SMB"),
    (0xFE53_4D42, "SMB2"),
    (0xFF53_4D42, "CIFS"),
    // sshfs, davfs, rclone and virtiofs; also NTFS, for which the safe way is merely slower.
    (0x6573_5546, "FUSE"),
    (0x0102_1997, "9P"),
    (0x5346_414F, "AFS"),
    (0x6B41_4653, "AFS"),
    (0x7375_7245, "Coda"),
    (0x0000_564C, "NCP"),
    (0x00C3_6400, "Ceph"),
    (0x0116_1970, "GFS2"),
    (0x7461_636F, "OCFS2"),
    (0x0BD0_0BD0, "Lustre"),
    (0x4750_4653, "GPFS"),
    (0x1983_0326, "BeeGFS"),
    (0xAAD7_AAEA, "PanFS"),
    (0x2003_0528, "OrangeFS"),
    (0x786F_4256, "vboxsf"),
    (0xBACB_ACBC, "vmhgfs"),
    (0x7C7C_6673, "prl_fs"),
];

/// The name of a shared file system by its number; `None` for one of this computer alone.
///
/// The write-ahead log needs memory that all sessions share, which two computers never do.
#[must_use]
pub fn shared_file_system(magic: u32) -> Option<&'static str> {
    SHARED.iter().find(|(n, _)| *n == magic).map(|(_, s)| *s)
}

/// The name of the shared file system that a file or the folder of a new one lies on.
pub(super) fn shared_by(path: &Path) -> Option<&'static str> {
    #[cfg(target_os = "linux")]
    {
        let asked =
            rustix::fs::statfs(path).or_else(|_| rustix::fs::statfs(paths::folder_of(path)));
        // The number is 32 bits wide; on some systems it comes in a wider, signed field.
        let magic = i128::from(asked.ok()?.f_type) & i128::from(u32::MAX);
        shared_file_system(u32::try_from(magic).ok()?)
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = path;
        None
    }
}
