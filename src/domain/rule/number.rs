//! Numbers of new orders, production orders, queries and the rest.

/// The prefix of a kind of number.
pub const ORDER: &str = "SO-";
pub const PRODUCTION_ORDER: &str = "MO-";
pub const PURCHASE: &str = "PO-";
pub const QUERY: &str = "Q-";
pub const EXCEPTION: &str = "EX-";
pub const SHIPMENT: &str = "SH-";

/// The next number after the highest of `taken` with that prefix; four digits at least.
#[must_use]
pub fn next<'a>(prefix: &str, taken: impl Iterator<Item = &'a str>) -> String {
    let highest = counted(prefix, taken).map(|(n, _)| n).max().unwrap_or(0);
    format!("{prefix}{:04}", highest.saturating_add(1))
}

/// The highest of `taken` with that prefix.
#[must_use]
pub fn highest<'a>(prefix: &str, taken: impl Iterator<Item = &'a str>) -> Option<String> {
    counted(prefix, taken).max().map(|(_, no)| no.to_owned())
}

fn counted<'a>(
    prefix: &str,
    taken: impl Iterator<Item = &'a str>,
) -> impl Iterator<Item = (u64, &'a str)> {
    taken.filter_map(move |no| Some((no.strip_prefix(prefix)?.parse::<u64>().ok()?, no)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_go_on_after_the_highest_and_ignore_other_styles() {
        let taken = ["SO-0009", "SO-12", "4500123", "SO-x"];
        assert_eq!(next(ORDER, taken.into_iter()), "SO-0013");
        assert_eq!(next(QUERY, std::iter::empty()), "Q-0001");
    }
}
