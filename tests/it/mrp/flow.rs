//! Single rules of the explosion, each on the smallest factory that shows it.
