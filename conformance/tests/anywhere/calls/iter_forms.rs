//! Streams: the methods for closures that change something, `name_mut` and `name_with`.

use core::cmp::Ordering;

use either::Either;
use onpar_iter::{
    AsyncIterator, AsyncIteratorMut as _, AsyncIteratorWith as _, AsyncItertoolsMut as _, AsyncItertoolsWith as _,
    AsyncTryIteratorMut as _, AsyncTryIteratorWith as _, IntoAsyncIterator as _,
};

use super::calls;
use crate::executor::block_on as on;

fn numbers() -> impl AsyncIterator<Item = u8> {
    [1, 2, 3].into_async_iter()
}

fn results() -> impl AsyncIterator<Item = Result<u8, u8>> {
    [Ok(1), Ok(2), Err(3)].into_async_iter()
}

calls! {
    "AsyncIteratorMut::map_mut" => { _ = on(numbers().map_mut(async |_| 0).count()); }
    "AsyncIteratorMut::filter_mut" => { _ = on(numbers().filter_mut(async |_| true).count()); }
    "AsyncIteratorMut::filter_map_mut" => { _ = on(numbers().filter_map_mut(async |_| Some(1)).count()); }
    "AsyncIteratorMut::inspect_mut" => { _ = on(numbers().inspect_mut(async |_| {}).count()); }
    "AsyncIteratorMut::skip_while_mut" => { _ = on(numbers().skip_while_mut(async |_| true).count()); }
    "AsyncIteratorMut::take_while_mut" => { _ = on(numbers().take_while_mut(async |_| true).count()); }
    "AsyncIteratorMut::map_while_mut" => { _ = on(numbers().map_while_mut(async |_| Some(1)).count()); }
    "AsyncIteratorMut::scan_mut" => { _ = on(numbers().scan_mut(0, async |_, _| Some(1)).count()); }
    "AsyncIteratorMut::flat_map_mut" => { _ = on(numbers().flat_map_mut(async |_| numbers()).count()); }
    "AsyncIteratorMut::for_each_mut" => { () = on(numbers().for_each_mut(async |_| {})); }
    "AsyncIteratorMut::try_for_each_mut" => { _ = on(numbers().try_for_each_mut(async |_| Some(()))); }
    "AsyncIteratorMut::all_mut" => { _ = on(numbers().all_mut(async |_| true)); }
    "AsyncIteratorMut::any_mut" => { _ = on(numbers().any_mut(async |_| true)); }
    "AsyncIteratorMut::find_mut" => { _ = on(numbers().find_mut(async |_| true)); }
    "AsyncIteratorMut::find_map_mut" => { _ = on(numbers().find_map_mut(async |_| Some(1))); }
    "AsyncIteratorMut::position_mut" => { _ = on(numbers().position_mut(async |_| true)); }
    "AsyncIteratorMut::partition_mut" => { let _: (Vec<u8>, Vec<u8>) = on(numbers().partition_mut(async |_| true)); }
    "AsyncIteratorMut::fold_mut" => { _ = on(numbers().fold_mut(0, async |_, _| 0)); }
    "AsyncIteratorMut::try_fold_mut" => { _ = on(numbers().try_fold_mut(0, async |_, _| Some(0))); }
    "AsyncIteratorMut::reduce_mut" => { _ = on(numbers().reduce_mut(async |_, _| 1)); }
    "AsyncIteratorMut::max_by_mut" => { _ = on(numbers().max_by_mut(async |_, _| Ordering::Equal)); }
    "AsyncIteratorMut::max_by_key_mut" => { _ = on(numbers().max_by_key_mut(async |_| 0)); }
    "AsyncIteratorMut::min_by_mut" => { _ = on(numbers().min_by_mut(async |_, _| Ordering::Equal)); }
    "AsyncIteratorMut::min_by_key_mut" => { _ = on(numbers().min_by_key_mut(async |_| 0)); }
    "AsyncIteratorMut::is_sorted_by_mut" => { _ = on(numbers().is_sorted_by_mut(async |_, _| true)); }
    "AsyncIteratorMut::is_sorted_by_key_mut" => { _ = on(numbers().is_sorted_by_key_mut(async |_| 0)); }
    "AsyncIteratorWith::map_with" => { _ = on(numbers().map_with(0_u8, async |_, _| 0).count()); }
    "AsyncIteratorWith::filter_with" => { _ = on(numbers().filter_with(0_u8, async |_, _| true).count()); }
    "AsyncIteratorWith::filter_map_with" => { _ = on(numbers().filter_map_with(0_u8, async |_, _| Some(1)).count()); }
    "AsyncIteratorWith::inspect_with" => { _ = on(numbers().inspect_with(0_u8, async |_, _| {}).count()); }
    "AsyncIteratorWith::skip_while_with" => { _ = on(numbers().skip_while_with(0_u8, async |_, _| true).count()); }
    "AsyncIteratorWith::take_while_with" => { _ = on(numbers().take_while_with(0_u8, async |_, _| true).count()); }
    "AsyncIteratorWith::map_while_with" => { _ = on(numbers().map_while_with(0_u8, async |_, _| Some(1)).count()); }
    "AsyncIteratorWith::flat_map_with" => { _ = on(numbers().flat_map_with(0_u8, async |_, _| numbers()).count()); }
    "AsyncIteratorWith::for_each_with" => { () = on(numbers().for_each_with(0_u8, async |_, _| {})); }
    "AsyncIteratorWith::try_for_each_with" => { _ = on(numbers().try_for_each_with(0_u8, async |_, _| Some(()))); }
    "AsyncIteratorWith::all_with" => { _ = on(numbers().all_with(0_u8, async |_, _| true)); }
    "AsyncIteratorWith::any_with" => { _ = on(numbers().any_with(0_u8, async |_, _| true)); }
    "AsyncIteratorWith::find_with" => { _ = on(numbers().find_with(0_u8, async |_, _| true)); }
    "AsyncIteratorWith::find_map_with" => { _ = on(numbers().find_map_with(0_u8, async |_, _| Some(1))); }
    "AsyncIteratorWith::position_with" => { _ = on(numbers().position_with(0_u8, async |_, _| true)); }
    "AsyncIteratorWith::partition_with" => { let _: (Vec<u8>, Vec<u8>) = on(numbers().partition_with(0_u8, async |_, _| true)); }
    "AsyncIteratorWith::fold_with" => { _ = on(numbers().fold_with(0_u8, 0, async |_, _, _| 0)); }
    "AsyncIteratorWith::try_fold_with" => { _ = on(numbers().try_fold_with(0_u8, 0, async |_, _, _| Some(0))); }
    "AsyncIteratorWith::reduce_with" => { _ = on(numbers().reduce_with(0_u8, async |_, _, _| 1)); }
    "AsyncIteratorWith::max_by_with" => { _ = on(numbers().max_by_with(0_u8, async |_, _, _| Ordering::Equal)); }
    "AsyncIteratorWith::max_by_key_with" => { _ = on(numbers().max_by_key_with(0_u8, async |_, _| 0)); }
    "AsyncIteratorWith::min_by_with" => { _ = on(numbers().min_by_with(0_u8, async |_, _, _| Ordering::Equal)); }
    "AsyncIteratorWith::min_by_key_with" => { _ = on(numbers().min_by_key_with(0_u8, async |_, _| 0)); }
    "AsyncIteratorWith::is_sorted_by_with" => { _ = on(numbers().is_sorted_by_with(0_u8, async |_, _, _| true)); }
    "AsyncIteratorWith::is_sorted_by_key_with" => { _ = on(numbers().is_sorted_by_key_with(0_u8, async |_, _| 0)); }
    "AsyncItertoolsMut::dedup_by_mut" => { _ = on(numbers().dedup_by_mut(async |_, _| true).count()); }
    "AsyncItertoolsMut::dedup_by_key_mut" => { _ = on(numbers().dedup_by_key_mut(async |_| 0).count()); }
    "AsyncItertoolsMut::dedup_by_with_count_mut" => { _ = on(numbers().dedup_by_with_count_mut(async |_, _| true).count()); }
    "AsyncItertoolsMut::coalesce_mut" => { _ = on(numbers().coalesce_mut(async |_, _| Ok(1)).count()); }
    "AsyncItertoolsMut::chunk_by_mut" => { _ = on(numbers().chunk_by_mut(async |_| 0).count()); }
    "AsyncItertoolsMut::map_windows_mut" => { _ = on(numbers().map_windows_mut(async |_: &[u8; 2]| 0).count()); }
    "AsyncItertoolsMut::take_while_inclusive_mut" => { _ = on(numbers().take_while_inclusive_mut(async |_| true).count()); }
    "AsyncItertoolsMut::unique_by_mut" => { _ = on(numbers().unique_by_mut(async |_| 0).count()); }
    "AsyncItertoolsMut::duplicates_by_mut" => { _ = on(numbers().duplicates_by_mut(async |_| 0).count()); }
    "AsyncItertoolsMut::positions_mut" => { _ = on(numbers().positions_mut(async |_| true).count()); }
    "AsyncItertoolsMut::update_mut" => { _ = on(numbers().update_mut(async |_| {}).count()); }
    "AsyncItertoolsMut::intersperse_with_mut" => { _ = on(numbers().intersperse_with_mut(async || 1).count()); }
    "AsyncItertoolsMut::merge_by_mut" => { _ = on(numbers().merge_by_mut(numbers(), async |_, _| true).count()); }
    "AsyncItertoolsMut::merge_join_by_mut" => { _ = on(numbers().merge_join_by_mut(numbers(), async |_, _| Ordering::Equal).count()); }
    "AsyncItertoolsMut::kmerge_by_mut" => { _ = on([numbers(), numbers()].into_async_iter().kmerge_by_mut(async |_, _| true).count()); }
    "AsyncItertoolsMut::sorted_by_mut" => { _ = on(numbers().sorted_by_mut(async |_, _| Ordering::Equal).count()); }
    "AsyncItertoolsMut::sorted_by_key_mut" => { _ = on(numbers().sorted_by_key_mut(async |_| 0).count()); }
    "AsyncItertoolsMut::k_smallest_by_key_mut" => { _ = on(numbers().k_smallest_by_key_mut(1, async |_| 0).count()); }
    "AsyncItertoolsMut::k_largest_by_key_mut" => { _ = on(numbers().k_largest_by_key_mut(1, async |_| 0).count()); }
    "AsyncItertoolsMut::partition_map_mut" => { let _: (Vec<u8>, Vec<u8>) = on(numbers().partition_map_mut(async |_| Either::<u8, u8>::Left(1))); }
    "AsyncItertoolsMut::into_group_map_by_mut" => { _ = on(numbers().into_group_map_by_mut(async |_| 0)); }
    "AsyncItertoolsMut::counts_by_mut" => { _ = on(numbers().counts_by_mut(async |_| 0)); }
    "AsyncItertoolsMut::minmax_by_key_mut" => { _ = on(numbers().minmax_by_key_mut(async |_| 0)); }
    "AsyncItertoolsMut::max_set_by_key_mut" => { _ = on(numbers().max_set_by_key_mut(async |_| 0)); }
    "AsyncItertoolsMut::min_set_by_key_mut" => { _ = on(numbers().min_set_by_key_mut(async |_| 0)); }
    "AsyncItertoolsMut::find_position_mut" => { _ = on(numbers().find_position_mut(async |_| true)); }
    "AsyncItertoolsMut::try_find_mut" => { _ = on(numbers().try_find_mut(async |_| Some(true))); }
    "AsyncItertoolsMut::try_reduce_mut" => { _ = on(numbers().try_reduce_mut(async |_, _| Some(1))); }
    "AsyncItertoolsWith::dedup_by_with" => { _ = on(numbers().dedup_by_with(0_u8, async |_, _, _| true).count()); }
    "AsyncItertoolsWith::dedup_by_key_with" => { _ = on(numbers().dedup_by_key_with(0_u8, async |_, _| 0).count()); }
    "AsyncItertoolsWith::dedup_by_with_count_with" => { _ = on(numbers().dedup_by_with_count_with(0_u8, async |_, _, _| true).count()); }
    "AsyncItertoolsWith::coalesce_with" => { _ = on(numbers().coalesce_with(0_u8, async |_, _, _| Ok(1)).count()); }
    "AsyncItertoolsWith::chunk_by_with" => { _ = on(numbers().chunk_by_with(0_u8, async |_, _| 0).count()); }
    "AsyncItertoolsWith::map_windows_with" => { _ = on(numbers().map_windows_with(0_u8, async |_, _: &[u8; 2]| 0).count()); }
    "AsyncItertoolsWith::take_while_inclusive_with" => { _ = on(numbers().take_while_inclusive_with(0_u8, async |_, _| true).count()); }
    "AsyncItertoolsWith::unique_by_with" => { _ = on(numbers().unique_by_with(0_u8, async |_, _| 0).count()); }
    "AsyncItertoolsWith::duplicates_by_with" => { _ = on(numbers().duplicates_by_with(0_u8, async |_, _| 0).count()); }
    "AsyncItertoolsWith::positions_with" => { _ = on(numbers().positions_with(0_u8, async |_, _| true).count()); }
    "AsyncItertoolsWith::update_with" => { _ = on(numbers().update_with(0_u8, async |_, _| {}).count()); }
    "AsyncItertoolsWith::intersperse_with_with" => { _ = on(numbers().intersperse_with_with(0_u8, async |_| 1).count()); }
    "AsyncItertoolsWith::merge_by_with" => { _ = on(numbers().merge_by_with(0_u8, numbers(), async |_, _, _| true).count()); }
    "AsyncItertoolsWith::merge_join_by_with" => { _ = on(numbers().merge_join_by_with(0_u8, numbers(), async |_, _, _| Ordering::Equal).count()); }
    "AsyncItertoolsWith::kmerge_by_with" => { _ = on([numbers(), numbers()].into_async_iter().kmerge_by_with(0_u8, async |_, _, _| true).count()); }
    "AsyncItertoolsWith::sorted_by_with" => { _ = on(numbers().sorted_by_with(0_u8, async |_, _, _| Ordering::Equal).count()); }
    "AsyncItertoolsWith::sorted_by_key_with" => { _ = on(numbers().sorted_by_key_with(0_u8, async |_, _| 0).count()); }
    "AsyncItertoolsWith::k_smallest_by_key_with" => { _ = on(numbers().k_smallest_by_key_with(0_u8, 1, async |_, _| 0).count()); }
    "AsyncItertoolsWith::k_largest_by_key_with" => { _ = on(numbers().k_largest_by_key_with(0_u8, 1, async |_, _| 0).count()); }
    "AsyncItertoolsWith::partition_map_with" => { let _: (Vec<u8>, Vec<u8>) = on(numbers().partition_map_with(0_u8, async |_, _| Either::<u8, u8>::Left(1))); }
    "AsyncItertoolsWith::into_group_map_by_with" => { _ = on(numbers().into_group_map_by_with(0_u8, async |_, _| 0)); }
    "AsyncItertoolsWith::counts_by_with" => { _ = on(numbers().counts_by_with(0_u8, async |_, _| 0)); }
    "AsyncItertoolsWith::minmax_by_key_with" => { _ = on(numbers().minmax_by_key_with(0_u8, async |_, _| 0)); }
    "AsyncItertoolsWith::max_set_by_key_with" => { _ = on(numbers().max_set_by_key_with(0_u8, async |_, _| 0)); }
    "AsyncItertoolsWith::min_set_by_key_with" => { _ = on(numbers().min_set_by_key_with(0_u8, async |_, _| 0)); }
    "AsyncItertoolsWith::find_position_with" => { _ = on(numbers().find_position_with(0_u8, async |_, _| true)); }
    "AsyncItertoolsWith::try_find_with" => { _ = on(numbers().try_find_with(0_u8, async |_, _| Some(true))); }
    "AsyncItertoolsWith::try_reduce_with" => { _ = on(numbers().try_reduce_with(0_u8, async |_, _, _| Some(1))); }
    "AsyncTryIteratorMut::map_ok_mut" => { _ = on(results().map_ok_mut(async |_| 0).count()); }
    "AsyncTryIteratorMut::map_err_mut" => { _ = on(results().map_err_mut(async |_| 0).count()); }
    "AsyncTryIteratorMut::and_then_mut" => { _ = on(results().and_then_mut(async |_| Ok(1)).count()); }
    "AsyncTryIteratorMut::or_else_mut" => { _ = on(results().or_else_mut(async |_| Ok::<_, u8>(1)).count()); }
    "AsyncTryIteratorMut::inspect_ok_mut" => { _ = on(results().inspect_ok_mut(async |_| {}).count()); }
    "AsyncTryIteratorMut::inspect_err_mut" => { _ = on(results().inspect_err_mut(async |_| {}).count()); }
    "AsyncTryIteratorMut::try_filter_mut" => { _ = on(results().try_filter_mut(async |_| true).count()); }
    "AsyncTryIteratorMut::try_filter_map_mut" => { _ = on(results().try_filter_map_mut(async |_| Ok(Some(1))).count()); }
    "AsyncTryIteratorMut::try_skip_while_mut" => { _ = on(results().try_skip_while_mut(async |_| Ok(true)).count()); }
    "AsyncTryIteratorMut::try_take_while_mut" => { _ = on(results().try_take_while_mut(async |_| Ok(true)).count()); }
    "AsyncTryIteratorMut::try_all_mut" => { _ = on(results().try_all_mut(async |_| true)); }
    "AsyncTryIteratorMut::try_any_mut" => { _ = on(results().try_any_mut(async |_| true)); }
    "AsyncTryIteratorWith::map_ok_with" => { _ = on(results().map_ok_with(0_u8, async |_, _| 0).count()); }
    "AsyncTryIteratorWith::map_err_with" => { _ = on(results().map_err_with(0_u8, async |_, _| 0).count()); }
    "AsyncTryIteratorWith::and_then_with" => { _ = on(results().and_then_with(0_u8, async |_, _| Ok(1)).count()); }
    "AsyncTryIteratorWith::or_else_with" => { _ = on(results().or_else_with(0_u8, async |_, _| Ok::<_, u8>(1)).count()); }
    "AsyncTryIteratorWith::inspect_ok_with" => { _ = on(results().inspect_ok_with(0_u8, async |_, _| {}).count()); }
    "AsyncTryIteratorWith::inspect_err_with" => { _ = on(results().inspect_err_with(0_u8, async |_, _| {}).count()); }
    "AsyncTryIteratorWith::try_filter_with" => { _ = on(results().try_filter_with(0_u8, async |_, _| true).count()); }
    "AsyncTryIteratorWith::try_filter_map_with" => { _ = on(results().try_filter_map_with(0_u8, async |_, _| Ok(Some(1))).count()); }
    "AsyncTryIteratorWith::try_skip_while_with" => { _ = on(results().try_skip_while_with(0_u8, async |_, _| Ok(true)).count()); }
    "AsyncTryIteratorWith::try_take_while_with" => { _ = on(results().try_take_while_with(0_u8, async |_, _| Ok(true)).count()); }
    "AsyncTryIteratorWith::try_all_with" => { _ = on(results().try_all_with(0_u8, async |_, _| true)); }
    "AsyncTryIteratorWith::try_any_with" => { _ = on(results().try_any_with(0_u8, async |_, _| true)); }
}
