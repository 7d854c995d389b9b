//! What holds or gives the members of a join or a race, one file each: what it gives for the operations of
//! [`together`](crate::together).

pub(crate) mod iter;

mod tuple;

mod array;

mod vec;
