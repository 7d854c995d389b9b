//! [`ErrorWords`]: the beginning of what an error says, without a heap.

use core::fmt;
use core::fmt::Write as _;

/// How many bytes are kept: a line, beside the name and the place of the guard.
const BYTES: usize = 63;

/// What the error of a cleanup said, cut off after 63 bytes: an [`Arena`](crate::Arena)'s scope has no heap for the error itself.
///
/// # Examples
///
/// ```
/// use core::pin::pin;
/// use std::sync::Mutex;
///
/// use onpar_scope::{Arena, CleanupErrorKind, ErrorWords, scope_in, set_cleanup_hook};
///
/// static REPORTED: Mutex<Option<ErrorWords>> = Mutex::new(None);
///
/// set_cleanup_hook(|error| {
///     if let CleanupErrorKind::FailedInArena(words) = error.kind() {
///         *REPORTED.lock().unwrap() = Some(*words);
///     }
/// });
/// let arena = pin!(Arena::<512>::new());
/// pollster::block_on(scope_in(arena, async |s| drop(s.defer((), async |()| Err("refused")))));
/// assert_eq!(REPORTED.lock().unwrap().unwrap().as_str(), "refused");
/// # onpar_scope::take_cleanup_hook();
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ErrorWords {
    bytes: [u8; BYTES],
    length: u8,
}

impl ErrorWords {
    /// What this says.
    pub(crate) fn of(error: &impl fmt::Display) -> Self {
        let mut words = Self { bytes: [0; BYTES], length: 0 };
        // That it is cut off is no error, and if it cannot be written, this is what there is.
        let _cut = write!(words, "{error}");
        words
    }

    /// As a string.
    pub fn as_str(&self) -> &str {
        let bytes = self.bytes.get(..usize::from(self.length)).unwrap_or_default();
        core::str::from_utf8(bytes).unwrap_or_default()
    }
}

impl fmt::Write for ErrorWords {
    fn write_str(&mut self, more: &str) -> fmt::Result {
        let begin = usize::from(self.length);
        let end = begin + more.floor_char_boundary(BYTES - begin);
        let Some(free) = self.bytes.get_mut(begin..end) else { return Err(fmt::Error) };
        free.copy_from_slice(&more.as_bytes()[..free.len()]);
        self.length = u8::try_from(end).map_err(|_| fmt::Error)?;
        if begin + more.len() == end { Ok(()) } else { Err(fmt::Error) }
    }
}

impl fmt::Debug for ErrorWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for ErrorWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_is_cut_off_between_two_characters() {
        assert_eq!(ErrorWords::of(&"short").as_str(), "short");
        assert_eq!(ErrorWords::of(&"é".repeat(40)).as_str(), "é".repeat(31));
        let parts = format_args!("{}{}{}", "a".repeat(60), "éé", "no more").to_string();
        assert_eq!(ErrorWords::of(&parts).as_str(), format!("{}é", "a".repeat(60)));
    }
}
