# What Doxygen reads of a header: without the inline namespace, which no caller writes, and with the comments that would say
# the same wherever they stood.
s,^inline namespace REBALANCE_ABI {$,,
s,^}  // inline namespace$,,
s,^ *friend bool operator==(.*) = default;$,&  ///< Whether all members are equal.,
s,^  Plan plan(const DataView<S>& data\, const Execution& how) const,  /** The recipe by which these rows are resampled: what `resample` and `make_plan` call. */&,
s,^  std::vector<Split> split(const RowFacts& rows) const;$,&  ///< Row numbers of every split: what `Folds` calls.,

# In, Out, Cost, ... at the beginning of lines: a list, as it looks in the source.
s,^\( *\)/// \(In\|Out\|Cost\|Memory\|Lifetime\|Throws\|Source\)   *,\1/// - **\2** ,
s,^\( *\)/// \(Differs from [^:]*:\),\1/// - **\2** ,
