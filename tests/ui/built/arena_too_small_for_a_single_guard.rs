//! An arena has fewer bytes than the smallest guard takes. Begin with `Arena::<1024>`, and see what `most_used` says.

use onpar::Arena;

fn main() {
    let _arena = Arena::<16>::new();
}
