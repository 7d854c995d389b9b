//! [`Progress`]: where the future of a scope stands, and how it has ended.

use crate::panics::Payload;

/// How the future ended.
pub(crate) enum End<T> {
    Value(T),
    Panic(Payload),
    Cancelled,
}

/// Where the future stands.
pub(crate) enum Progress<T> {
    Running,
    /// The future is gone; its children and cleanups may not be.
    Closing(End<T>),
    Over,
}
