//! `String` and its kin, of characters and of texts.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;
use core::ops::ControlFlow;

use super::FromStream;

/// A text that is collected as a `String`.
macro_rules! texts {
    ($($Text:ty: $($Item:ty),+;)+) => {$($(
        impl FromStream<$Item> for $Text {
            type SoFar = String;

            fn start(_: (usize, Option<usize>)) -> String {
                String::new()
            }

            #[inline]
            fn add(so_far: &mut String, item: $Item) -> ControlFlow<()> {
                so_far.extend(Some(item));
                ControlFlow::Continue(())
            }

            fn finish(so_far: String) -> Self {
                so_far.into()
            }
        }
    )+)+};
}

texts! {
    String: char, &char, &str, String, Box<str>, Cow<'_, str>;
    Box<str>: char, &char, &str, String, Box<str>, Cow<'_, str>;
    Cow<'_, str>: char, &str, String;
}
