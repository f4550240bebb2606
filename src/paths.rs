//! Where the program keeps things: data, configuration, state.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::{fs, io};

use directories::ProjectDirs;

/// The user's folders, or the current folder where the system names none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    /// The data file unless `--db` names one.
    pub database: PathBuf,
    pub config: PathBuf,
    /// Logs and crash reports.
    pub state: PathBuf,
}

impl Paths {
    /// The folders of this user on this system.
    #[must_use]
    pub fn of_user() -> Self {
        match ProjectDirs::from("", "", "gendan") {
            Some(dirs) => Self {
                database: dirs.data_dir().join("gendan.db"),
                config: dirs.config_dir().join("config.toml"),
                state: dirs
                    .state_dir()
                    .unwrap_or_else(|| dirs.data_local_dir())
                    .to_owned(),
            },
            None => Self {
                database: "gendan.db".into(),
                config: "gendan.toml".into(),
                state: ".".into(),
            },
        }
    }
}

/// The folder beside a data file that keeps filed documents by content.
#[must_use]
pub fn files_of(database: &Path) -> PathBuf {
    let mut name = database.file_stem().unwrap_or_default().to_owned();
    name.push(".files");
    database.with_file_name(name)
}

/// The folder beside a data file that keeps its dated copies.
#[must_use]
pub fn backups_of(database: &Path) -> PathBuf {
    let mut name = database.file_stem().unwrap_or_default().to_owned();
    name.push(".backups");
    database.with_file_name(name)
}

/// The folder of a file, also where its path names none.
#[must_use]
pub fn folder_of(file: &Path) -> &Path {
    file.parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or_else(|| Path::new("."))
}

/// Makes a folder and what is missing above it, for its owner alone from the first moment on.
///
/// A folder that is there keeps its rights: who opened it to others did so by choice.
///
/// # Errors
/// What the system says.
pub fn make_private_folder(path: &Path) -> io::Result<()> {
    let mut maker = fs::DirBuilder::new();
    maker.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut maker, 0o700);
    maker.create(path)
}

/// Makes an empty file that is not there yet, for its owner alone from the first moment on.
///
/// # Errors
/// What the system says; also where the name is taken, be it by a link to nothing.
pub fn make_private_file(path: &Path) -> io::Result<fs::File> {
    let mut how = fs::OpenOptions::new();
    how.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut how, 0o600);
    let file = how.open(path)?;
    // A mask that takes the owner's own rights away would lock us out.
    keep_private(path);
    Ok(file)
}

/// Writes a file of the program's own, for its owner alone, whole or not at all.
///
/// # Errors
/// Where its folder cannot be made or written.
pub fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = folder_of(path);
    make_private_folder(folder)?;
    let mut temp = temp_file(folder)?;
    temp.write_all(bytes)?;
    temp.persist(path).map_err(|e| e.error)?;
    Ok(())
}

/// A new file with a name of its own in `folder`, for its owner alone; it goes unless it is kept.
///
/// # Errors
/// What the system says.
pub fn temp_file(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    tempfile::Builder::new()
        .prefix(TEMP_PREFIX)
        .tempfile_in(folder)
}

/// A new folder in the system's place for such, for its owner alone; it goes when it is dropped.
///
/// # Errors
/// What the system says.
pub fn temp_folder() -> io::Result<tempfile::TempDir> {
    let mut maker = tempfile::Builder::new();
    maker.prefix("gendan-");
    #[cfg(unix)]
    maker.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    maker.tempdir()
}

/// What names of files begin with that are being written.
pub const TEMP_PREFIX: &str = ".gendan-";

/// Makes what was renamed in a folder last.
///
/// Some file systems cannot; the files themselves are on the disk already.
pub fn sync_folder(folder: &Path) {
    if let Ok(folder) = fs::File::open(folder) {
        let _ = folder.sync_all();
    }
}

/// Leaves a file or folder to its owner alone, where the system knows such rights.
pub fn keep_private(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = if path.is_dir() { 0o700 } else { 0o600 };
        // A file system without rights (a memory stick) is no reason to refuse the work.
        let _ = fs::set_permissions(path, fs::Permissions::from_mode(mode));
    }
    #[cfg(not(unix))]
    let _ = path;
}

/// Whether this is a link that somebody else made: who follows it writes where they want.
///
/// Links of the user's own and of the system's administrator are followed.
#[must_use]
pub fn is_foreign_link(path: &Path) -> bool {
    let Ok(is) = fs::symlink_metadata(path) else {
        return false;
    };
    #[cfg(unix)]
    {
        let owner = std::os::unix::fs::MetadataExt::uid(&is);
        is.is_symlink() && owner != 0 && owner != rustix::process::geteuid().as_raw()
    }
    #[cfg(not(unix))]
    false
}
