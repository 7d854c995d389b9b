//! The methods of `AsyncTimed`, by the virtual clock: each item is given at its very instant. [`arrivals`] is what they are told
//! and how it is written down; times are milliseconds since a test began.

mod arrivals;

mod delay_each;
mod timeout;
