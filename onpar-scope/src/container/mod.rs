//! What holds the members of a join or a race, one file each: what it gives for the operations of
//! [`together`](crate::together).

mod tuple;

mod array;

mod vec;
