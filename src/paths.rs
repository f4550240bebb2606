//! Where the program keeps things: data, configuration, state.

use std::path::{Path, PathBuf};

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

/// Leaves a file or folder to its owner alone, where the system knows such rights.
pub fn keep_private(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = if path.is_dir() { 0o700 } else { 0o600 };
        // A file system without rights (a memory stick) is no reason to refuse the work.
        let _ = std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode));
    }
    #[cfg(not(unix))]
    let _ = path;
}
