//! A channel without room would let nothing through: its limit is a number that is not zero, `limit!(16)`.

use onpar::iter::channel;
use onpar::limit;

fn main() {
    let (_send, _receive) = channel::<u8>(limit!(0));
}
