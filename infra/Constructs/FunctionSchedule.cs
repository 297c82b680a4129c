using Amazon.CDK;
using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.Events.Targets;
using Amazon.CDK.AWS.Lambda;
using Constructs;

namespace Infra.Constructs;

/// <summary>What a schedule is made from.</summary>
public sealed record FunctionScheduleProps
{
    /// <summary>Must end before the next run starts.</summary>
    public required Function Function { get; init; }

    /// <summary>A whole number of minutes.</summary>
    public required Duration Every { get; init; }
}

/// <summary>Runs a function at a fixed rate. A failed run is not repeated: the next one is due soon enough.</summary>
public sealed class FunctionSchedule : Construct
{
    /// <summary>Creates the schedule.</summary>
    /// <exception cref="ArgumentException">A run could last into the next one.</exception>
    public FunctionSchedule(Construct scope, string id, FunctionScheduleProps props) : base(scope, id)
    {
        var (timeout, period) = (props.Function.Timeout.ToSeconds(), props.Every.ToSeconds());
        if (timeout >= period)
            throw new ArgumentException($"Schedule '{id}' runs every {period} s a function that may take {timeout} s. Use a timeout below the period.");

        _ = new Rule(this, "rule", new RuleProps
        {
            Schedule = Schedule.Rate(props.Every),
            Targets = [new LambdaFunction(props.Function.Lambda, new LambdaFunctionProps { MaxEventAge = props.Every, RetryAttempts = 0 })],
        });
        props.Function.Lambda.ConfigureAsyncInvoke(new EventInvokeConfigOptions { MaxEventAge = props.Every, RetryAttempts = 0 });
    }
}
