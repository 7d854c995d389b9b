//! A race is made, and not awaited. Write `race(..).await`. So for joins.
#![deny(unused_must_use)]

use onpar::prelude::*;

fn main() {
    race((async {}, async {}));
    race_ok([async { Ok::<_, ()>(1) }]);
    join((async {}, async {}));
    try_join_all([async { Ok::<_, ()>(1) }]);
}
