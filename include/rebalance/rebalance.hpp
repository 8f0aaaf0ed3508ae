// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The whole library in one include, ground floor first.

/// \namespace rebalance
/// Everything public. A caller writes `rebalance::resample`; the inline namespace of the version between stays unseen.

#include <rebalance/core/compiler.hpp>
#include <rebalance/core/version.hpp>

#include <rebalance/core/error.hpp>

#include <rebalance/core/arithmetic.hpp>
#include <rebalance/core/random.hpp>

#include <rebalance/core/execution.hpp>
#include <rebalance/core/parallel.hpp>

#include <rebalance/core/matrix.hpp>

#include <rebalance/core/column_scaling.hpp>

#include <rebalance/core/classes.hpp>
#include <rebalance/core/column_rules.hpp>
#include <rebalance/core/data.hpp>
#include <rebalance/core/equal_rows.hpp>
#include <rebalance/core/number_text.hpp>
#include <rebalance/core/option_text.hpp>
#include <rebalance/core/row_keys.hpp>
#include <rebalance/core/row_rules.hpp>
#include <rebalance/core/rows.hpp>
#include <rebalance/core/strata.hpp>
#include <rebalance/core/strategy.hpp>

#include <rebalance/core/compose.hpp>
#include <rebalance/core/plan.hpp>

#include <rebalance/core/digest.hpp>
#include <rebalance/core/plan_bytes.hpp>

#include <rebalance/core/any_resampler.hpp>
#include <rebalance/core/materialize.hpp>
#include <rebalance/core/no_resampling.hpp>
#include <rebalance/core/resample.hpp>
#include <rebalance/core/weights.hpp>

#include <rebalance/neighbors/mutual_clusters.hpp>
#include <rebalance/neighbors/neighbor_search.hpp>
#include <rebalance/neighbors/neighbor_space.hpp>

#include <rebalance/over_sampling/adasyn.hpp>
#include <rebalance/over_sampling/borderline_smote.hpp>
#include <rebalance/over_sampling/random_over_sampler.hpp>
#include <rebalance/over_sampling/smote.hpp>
#include <rebalance/over_sampling/smote_n.hpp>
#include <rebalance/over_sampling/smote_nc.hpp>

#include <rebalance/under_sampling/all_knn.hpp>
#include <rebalance/under_sampling/edited_nearest_neighbors.hpp>
#include <rebalance/under_sampling/random_under_sampler.hpp>
#include <rebalance/under_sampling/repeated_edited_nearest_neighbors.hpp>
#include <rebalance/under_sampling/tomek_links.hpp>

#include <rebalance/combine/chain.hpp>
#include <rebalance/combine/named_resampler.hpp>
#include <rebalance/combine/smote_enn.hpp>
#include <rebalance/combine/smote_tomek.hpp>

#include <rebalance/model_selection/group_k_fold.hpp>
#include <rebalance/model_selection/k_fold.hpp>
#include <rebalance/model_selection/purged_k_fold.hpp>
#include <rebalance/model_selection/split.hpp>
#include <rebalance/model_selection/stratified_group_k_fold.hpp>
#include <rebalance/model_selection/stratified_holdout.hpp>
#include <rebalance/model_selection/stratified_k_fold.hpp>
#include <rebalance/model_selection/time_series_split.hpp>

#include <rebalance/model_selection/cross_validate.hpp>
#include <rebalance/model_selection/folds.hpp>
#include <rebalance/model_selection/leakage.hpp>
#include <rebalance/model_selection/transforms.hpp>

#include <rebalance/evaluation/binary_counts.hpp>
#include <rebalance/evaluation/calibration.hpp>
#include <rebalance/evaluation/class_weights.hpp>
#include <rebalance/evaluation/confusion.hpp>
#include <rebalance/evaluation/curves.hpp>
#include <rebalance/evaluation/estimate_prior.hpp>
#include <rebalance/evaluation/group_table.hpp>
#include <rebalance/evaluation/out_of_fold.hpp>
#include <rebalance/evaluation/prior_shift.hpp>
#include <rebalance/evaluation/threshold.hpp>

#include <rebalance/record/json.hpp>
#include <rebalance/record/json_parser.hpp>
#include <rebalance/record/json_place.hpp>
#include <rebalance/record/manifest.hpp>
#include <rebalance/record/manifest_json.hpp>
#include <rebalance/record/metrics_text.hpp>
#include <rebalance/record/replay.hpp>

#include <rebalance/audit/audit_page.hpp>
#include <rebalance/audit/fidelity.hpp>
#include <rebalance/audit/profile.hpp>
#include <rebalance/audit/report_json.hpp>
#include <rebalance/audit/two_samples.hpp>
