//! Event loops: nothing is lost, whatever arrives when; handlers have the state to themselves; whoever waits gets a turn.

mod arms;
mod faults;
mod parked;
mod send;
mod story;
mod turns;
mod verdicts;
