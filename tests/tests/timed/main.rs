//! The methods of `AsyncTimed`, by the virtual clock: each item is given at its very instant. [`arrivals`] are the items that
//! come and whoever reads them, [`table`] has all methods, [`model`] says what each gives, and when; the other files are about
//! one or a few of them each, or about what goes wrong. Times are milliseconds since a test began.

extern crate alloc;

mod arrivals;
mod table;

mod model;

mod chunks_timeout;
mod deadline;
mod delay_each;
mod latest;
mod throttle;
mod timeout;

mod cancel;
mod faults;
mod flood;
