//! Children are pinned in it: it could be moved while others know them by their address.

use onpar_scope::{Arena, scope_in};

fn main() {
    let mut arena = Arena::<1024>::new();
    let _scope = scope_in(&mut arena, async |_| ());
}
