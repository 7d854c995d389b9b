//! [`Join`]: all items as one text, with a separator between each two.

use alloc::string::String;
use core::fmt::{Display, Write as _};
use core::ops::ControlFlow;

use super::Consumer;

/// The rule of [`join`](crate::AsyncItertools::join). It allocates for the text.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, IntoAsyncIterator};
///
/// let list = [1, 2, 3].into_async_iter().join(", ");
/// assert_eq!(pollster::block_on(list), "1, 2, 3");
/// ```
#[derive(Clone, Debug)]
pub struct Join<'s> {
    separator: &'s str,
    text: Option<String>,
}

impl<'s> Join<'s> {
    pub(crate) const fn new(separator: &'s str) -> Self {
        Self { separator, text: None }
    }
}

impl<T: Display> Consumer<T> for Join<'_> {
    type Output = String;

    #[inline]
    fn take(&mut self, item: T) -> ControlFlow<()> {
        let text = match &mut self.text {
            Some(text) => {
                text.push_str(self.separator);
                text
            }
            empty @ None => empty.insert(String::new()),
        };
        // A `String` takes every text. An item that gives an error here has said what it could.
        let _ = write!(text, "{item}");
        ControlFlow::Continue(())
    }

    #[inline]
    fn finish(self) -> String {
        self.text.unwrap_or_default()
    }
}
