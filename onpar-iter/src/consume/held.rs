//! `Held`: a rule, out of its place for as long as a poll lasts.
//!
//! In its place it would be read and written for each item, since the stream's own code might look there, as far as the
//! compiler knows. A local variable stays in registers.

/// A rule that goes back to its place when this is dropped, also by a panic.
pub(super) struct Held<'a, R> {
    pub(super) rule: Option<R>,
    place: &'a mut Option<R>,
}

impl<'a, R> Held<'a, R> {
    #[inline]
    pub(super) const fn new(place: &'a mut Option<R>) -> Self {
        Self { rule: place.take(), place }
    }
}

impl<R> Drop for Held<'_, R> {
    #[inline]
    fn drop(&mut self) {
        if self.rule.is_some() {
            *self.place = self.rule.take();
        }
    }
}
