//! What the wrappers forward to the value in them: the traits of std that traits have as supertraits.
//!
//! A supertrait that is not among them is the business of whoever owns it, and one `impl` for the wrapper.

use core::cmp::Ordering;
use core::error::Error;
use core::fmt;
use core::hash::{Hash, Hasher};

use crate::{Local, WithSend};

macro_rules! forward {
    ($wrapper:ident<S $(, $proof:ident)?>, $value:tt) => {
        impl<S: fmt::Debug $(, $proof)?> fmt::Debug for $wrapper<S $(, $proof)?> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.$value.fmt(f)
            }
        }

        impl<S: fmt::Display $(, $proof)?> fmt::Display for $wrapper<S $(, $proof)?> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.$value.fmt(f)
            }
        }

        impl<S: Error $(, $proof)?> Error for $wrapper<S $(, $proof)?> {
            fn source(&self) -> Option<&(dyn Error + 'static)> {
                self.$value.source()
            }
        }

        impl<S: PartialEq $(, $proof)?> PartialEq for $wrapper<S $(, $proof)?> {
            fn eq(&self, other: &Self) -> bool {
                self.$value == other.$value
            }
        }

        impl<S: Eq $(, $proof)?> Eq for $wrapper<S $(, $proof)?> {}

        impl<S: PartialOrd $(, $proof)?> PartialOrd for $wrapper<S $(, $proof)?> {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                self.$value.partial_cmp(&other.$value)
            }
        }

        impl<S: Ord $(, $proof)?> Ord for $wrapper<S $(, $proof)?> {
            fn cmp(&self, other: &Self) -> Ordering {
                self.$value.cmp(&other.$value)
            }
        }

        impl<S: Hash $(, $proof)?> Hash for $wrapper<S $(, $proof)?> {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.$value.hash(state);
            }
        }

        impl<S: AsRef<T> $(, $proof)?, T: ?Sized> AsRef<T> for $wrapper<S $(, $proof)?> {
            fn as_ref(&self) -> &T {
                self.$value.as_ref()
            }
        }
    };
}

forward!(WithSend<S, P>, value);
forward!(Local<S>, 0);
