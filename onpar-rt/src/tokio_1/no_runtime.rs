//! [`NoRuntime`]: why there is no [`Tokio`](super::Tokio) to be had.

use core::error::Error;
use core::fmt;

use tokio::runtime::TryCurrentError;

/// Why there is no [`Tokio`](super::Tokio) to be had.
///
/// # Examples
///
/// ```
/// use onpar_rt::tokio_1::{NoRuntime, Tokio};
///
/// let error = Tokio::current().unwrap_err();
/// assert!(matches!(error, NoRuntime::Outside(_)));
/// assert!(error.to_string().contains("#[tokio::main]"));
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum NoRuntime {
    /// The calling code does not run inside a tokio runtime.
    Outside(TryCurrentError),
    /// The runtime was built without its timer.
    NoTimer,
    /// The runtime was built without its reactor: there is no network. Found within the [`std::io::Error`] of what needs it.
    NoReactor,
}

impl fmt::Display for NoRuntime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Outside(_) => {
                "this code does not run inside a tokio runtime: call it from `#[tokio::main]` or `Runtime::block_on`, or \
                 pass the runtime's handle to `Tokio::new`"
            }
            Self::NoTimer => {
                "the tokio runtime was built without its timer: call `enable_time` or `enable_all` on its builder"
            }
            Self::NoReactor => {
                "the tokio runtime was built without its reactor: call `enable_io` or `enable_all` on its builder"
            }
        })
    }
}

impl Error for NoRuntime {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Outside(error) => Some(error),
            Self::NoTimer | Self::NoReactor => None,
        }
    }
}
