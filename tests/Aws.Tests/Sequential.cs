// The environment belongs to the whole process, and many of these tests set variables.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
