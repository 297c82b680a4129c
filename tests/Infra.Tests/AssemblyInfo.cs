using Infra.Tests;

[assembly: AssemblyFixture(typeof(Synthesis))]
// One Node.js process serves all of them, one call at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
