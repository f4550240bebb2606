//! Unions and differences of spans of minutes.

use crate::plan::input::Span;

/// Sorted union of two lists of spans.
pub(crate) fn unite(a: &[Span], b: &[Span]) -> Vec<Span> {
    let mut all: Vec<Span> = a.iter().chain(b).copied().collect();
    all.retain(|s| s.end > s.start);
    all.sort_unstable();
    let mut out: Vec<Span> = Vec::with_capacity(all.len());
    for span in all {
        match out.last_mut() {
            Some(last) if last.end >= span.start => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}

/// Sorted spans without the times in `holes`.
pub(crate) fn subtract(spans: &[Span], holes: &[Span]) -> Vec<Span> {
    let holes = unite(holes, &[]);
    if holes.is_empty() {
        return spans.to_vec();
    }
    let mut out = Vec::with_capacity(spans.len());
    for span in spans {
        let mut start = span.start;
        for hole in holes
            .iter()
            .filter(|h| h.end > span.start && h.start < span.end)
        {
            out.push(Span {
                start,
                end: hole.start,
            });
            start = hole.end;
        }
        out.push(Span {
            start,
            end: span.end,
        });
    }
    out.retain(|s| s.end > s.start);
    out
}
