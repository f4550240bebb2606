//! Free capacity of a resource over time, as steps; a lot needs one unit of it without a break.

/// A time without an end.
const FOREVER: i64 = i64::MAX;

/// Steps of free capacity; each holds until the next, the last one for ever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Profile {
    steps: Vec<(i64, i64)>,
}

impl Profile {
    /// Starts at `now` with the steps given by `(start, capacity)`; before the first step there is none.
    pub(super) fn new(now: i64, steps: &[(i64, i64)]) -> Self {
        let mut sorted = steps.to_vec();
        sorted.sort_unstable();
        let mut profile = Self {
            steps: vec![(now, 0)],
        };
        for (start, free) in sorted {
            let start = start.max(now);
            match profile.steps.last_mut() {
                Some(last) if last.0 == start => last.1 = free,
                _ => profile.steps.push((start, free)),
            }
        }
        profile
    }

    /// Steps with their ends.
    fn spans(&self) -> impl DoubleEndedIterator<Item = (i64, i64, i64)> {
        let ends = self.steps.iter().skip(1).map(|s| s.0);
        let ends: Vec<i64> = ends.chain([FOREVER]).collect();
        self.steps
            .iter()
            .zip(ends)
            .map(|((start, free), end)| (*start, end, *free))
    }

    /// The earliest start, not before `from`, of `minutes` with free capacity.
    pub(super) fn earliest(&self, from: i64, minutes: i64) -> Option<i64> {
        let mut start = from;
        for (_, end, free) in self.spans().filter(|(_, end, _)| *end > from) {
            if free <= 0 {
                start = start.max(end);
            } else if end == FOREVER || end - start >= minutes {
                return (start < FOREVER).then_some(start);
            }
        }
        None
    }

    /// The latest start of `minutes` with free capacity that end by `by`.
    pub(super) fn latest(&self, by: i64, minutes: i64) -> Option<i64> {
        let mut end = by;
        for (start, _, free) in self.spans().rev().filter(|(start, _, _)| *start < by) {
            if free <= 0 {
                end = end.min(start);
            } else if end - start >= minutes {
                return Some(end - minutes);
            }
        }
        None
    }

    /// Takes one unit of capacity over `[start, end)`.
    pub(super) fn take(&mut self, start: i64, end: i64) {
        if start >= end {
            return;
        }
        self.cut(start);
        self.cut(end);
        for step in &mut self.steps {
            if step.0 >= start && step.0 < end {
                step.1 -= 1;
            }
        }
    }

    /// Makes `at` the start of a step.
    fn cut(&mut self, at: i64) {
        if let Err(place) = self.steps.binary_search_by_key(&at, |s| s.0) {
            let before = place.checked_sub(1).and_then(|n| self.steps.get(n));
            if let Some(free) = before.map(|s| s.1) {
                self.steps.insert(place, (at, free));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lot_goes_where_capacity_is_free_without_a_break() {
        let mut profile = Profile::new(0, &[(0, 1), (100, 0), (150, 2)]);
        assert_eq!(profile.earliest(0, 100), Some(0));
        assert_eq!(profile.earliest(1, 100), Some(150));
        assert_eq!(profile.latest(140, 40), Some(60));
        assert_eq!(profile.latest(160, 40), Some(60));
        profile.take(150, 200);
        assert_eq!(profile.earliest(120, 30), Some(150));
        profile.take(160, 170);
        assert_eq!(profile.earliest(120, 30), Some(170));
        assert_eq!(profile.latest(180, 15), Some(85));
        assert_eq!(profile.latest(50, 60), None);
    }

    #[test]
    fn a_resource_that_never_opens_has_no_place() {
        let never = Profile::new(0, &[]);
        assert_eq!(never.earliest(0, 10), None);
        assert_eq!(never.latest(500, 10), None);
    }
}
