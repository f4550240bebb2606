//! The last net under readers that others wrote: one that panics on a broken file refuses it.
//!
//! Everything that is known to break them is looked for first; this is for what is not known. The
//! panic is no fault of the program, so neither its report nor the panic's own words appear.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

static HOOK: Once = Once::new();

/// What `read` gives, or none where it panics.
///
/// `read` must leave nothing behind but its result.
pub(super) fn shielded<T>(read: impl FnOnce() -> T) -> Option<T> {
    HOOK.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |info| {
            if !INSIDE.with(Cell::get) {
                before(info);
            }
        }));
    });
    let outer = INSIDE.with(|inside| inside.replace(true));
    let done = catch_unwind(AssertUnwindSafe(read)).ok();
    INSIDE.with(|inside| inside.set(outer));
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_inside_is_no_result_and_leaves_the_shield_as_it_was() {
        let zero = std::hint::black_box(0);
        assert_eq!(shielded(|| 7 / zero), None);
        assert_eq!(shielded(|| shielded(|| 1 / zero).is_none()), Some(true));
        assert!(!INSIDE.with(Cell::get));
    }
}
