//! [`Order`]: which of the ready tasks runs next.

/// Which of the ready tasks runs next.
///
/// # Examples
///
/// ```
/// use onpar_test::{Order, Sim};
///
/// Sim::new(0).order(Order::Lifo).run(async |_rt| {});
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Order {
    /// Any of them, as the seed has it.
    #[default]
    Random,
    /// The one that was woken first, as most runtimes have it.
    Fifo,
    /// The one that was woken last: the worst case for code that counts on fairness.
    Lifo,
}
