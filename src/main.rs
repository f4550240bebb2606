//! Parses the arguments, runs, prints the final error.

#![forbid(unsafe_code)]

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    match gendan::cli::run(gendan::cli::Args::parse()) {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            // A closed standard error leaves nothing to say it on.
            let said = gendan::text::safe::shown_lines(&failure.0);
            let _ = writeln!(std::io::stderr(), "gendan: {said}");
            ExitCode::FAILURE
        }
    }
}
