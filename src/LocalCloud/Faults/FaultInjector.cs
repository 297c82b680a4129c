namespace LocalCloud.Faults;

/// <summary>The plan in force, if any. Without one it costs a look at a field.</summary>
internal sealed class FaultInjector(FaultPlan? plan)
{
    private volatile FaultRun? _run = plan is null ? null : new FaultRun(plan);

    public FaultRun? Run => _run;

    /// <summary>Puts a plan in force, which counts from nothing; null ends all faults.</summary>
    /// <exception cref="ArgumentException">A value of the plan is out of its range; the plan before stays.</exception>
    public void Set(FaultPlan? plan) => _run = plan is null ? null : new FaultRun(plan);
}
