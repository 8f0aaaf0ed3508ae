# What Doxygen reads of headers and pages. The inline namespace is left out, as callers leave it out; comments that would say
# the same wherever they stood are added.
s,^inline namespace REBALANCE_ABI {$,,
s,^}  // inline namespace$,,
s,^ *friend bool operator==(.*) = default;$,&  ///< Whether all members are equal.,
s,^  Plan plan(const DataView<S>& data\, const Execution& how) const,  /** The recipe by which these rows are resampled: what `resample` and `make_plan` call. */&,
s,^  std::vector<Split> split(const RowFacts& rows) const;$,&  ///< Row numbers of every split: what `Folds` calls.,

# In, Out, Cost, ... at the beginning of lines: a list, as it looks in the source.
s,^\( *\)/// \(In\|Out\|Cost\|Memory\|Lifetime\|Throws\|Trap\|Source\)   *,\1/// - **\2** ,
s,^\( *\)/// \(Differs from [^:]*:\),\1/// - **\2** ,

# A single quote would end a code span; between double backticks it does not.
s,`\([^`]*\)`,\x01\1\x02,g
s,\x01\([^\x01\x02]*'[^\x01\x02]*\)\x02,``\1``,g
s,[\x01\x02],`,g
