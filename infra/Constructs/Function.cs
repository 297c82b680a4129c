using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.Logs;
using Constructs;

namespace Infra.Constructs;

/// <summary>What a function is made from.</summary>
public sealed record FunctionProps
{
    /// <summary>A framework-dependent publish of an executable, named as the construct.</summary>
    public required Code Code { get; init; }

    /// <summary>Lambda allows 1 to 900 seconds.</summary>
    public Duration Timeout { get; init; } = Duration.Seconds(30);

    /// <summary>In MiB, 128 to 10,240. CPU grows with it; .NET starts slowly below 512.</summary>
    public double MemorySize { get; init; } = 512;

    /// <summary>Lambda's own log groups never expire; this one does.</summary>
    public RetentionDays LogRetention { get; init; } = RetentionDays.ONE_MONTH;
}

/// <summary>A .NET executable on the managed runtime, with a role and a log group of its own. The id is the assembly's name.</summary>
public sealed class Function : Construct
{
    private readonly Policy _policy;

    /// <summary>For event sources and integrations.</summary>
    public Amazon.CDK.AWS.Lambda.Function Lambda { get; }

    /// <summary>A queue's visibility timeout is measured by it.</summary>
    public Duration Timeout { get; }

    /// <summary>Creates the function, which may at first write its log and nothing else.</summary>
    public Function(Construct scope, string id, FunctionProps props) : base(scope, id)
    {
        Timeout = props.Timeout;
        var logs = new LogGroup(this, "logs", new LogGroupProps { Retention = props.LogRetention, RemovalPolicy = RemovalPolicy.DESTROY });
        // Not AWSLambdaBasicExecutionRole, which may write every log of the account.
        var role = new Role(this, "role", new RoleProps { AssumedBy = new ServicePrincipal("lambda.amazonaws.com") });
        _policy = new Policy(this, "policy", new PolicyProps { Roles = [role] });
        Lambda = new Amazon.CDK.AWS.Lambda.Function(this, "function", new Amazon.CDK.AWS.Lambda.FunctionProps
        {
            Architecture = Architecture.ARM_64,
            Code = props.Code,
            Handler = id,
            LogGroup = logs,
            MemorySize = props.MemorySize,
            // Immutable: the policy holds what a stack allows, and nothing that a construct grants by the way.
            Role = Role.FromRoleArn(this, "fixed-role", role.RoleArn, new FromRoleArnOptions { Mutable = false }),
            Runtime = new Runtime("dotnet10", RuntimeFamily.DOTNET_CORE),
            Timeout = props.Timeout,
        });
        Allow(["logs:CreateLogStream", "logs:PutLogEvents"], logs.LogGroupArn);
        Set("AWS_EMF_NAMESPACE", MetricNamespace(this));
        Alarms.Above(this, "errors", Lambda.MetricErrors(Alarms.Each(5, "Sum")), 2,
            $"{id} crashed, ran out of time or failed as a whole: read its log; what it was working on comes again by itself.");
        Alarms.Above(this, "throttles", Lambda.MetricThrottles(Alarms.Each(5, "Sum")), 10,
            $"Lambda refuses to start {id}: the account's concurrency is used up. See which function takes it, lower that one's pace or raise the quota.");
        // An event-source mapping is refused while the function may not receive.
        After(_policy);
    }

    /// <summary>Where functions of a stack put their metrics: several copies in one account do not mix them.</summary>
    internal static string MetricNamespace(IConstruct scope) => $"Messaging/{Stack.Of(scope).StackName}";

    /// <summary>Sets an environment variable. Never a secret: whoever may read the function may read it.</summary>
    public Function Set(string variable, string value)
    {
        Lambda.AddEnvironment(variable, value);
        return this;
    }

    /// <summary>Lets the function do exactly these actions on exactly these resources.</summary>
    public Function Allow(string[] actions, params string[] resources)
    {
        _policy.AddStatements(new PolicyStatement(new PolicyStatementProps { Actions = actions, Resources = resources }));
        return this;
    }

    /// <summary>Creates or changes the function only after this step of the deployment has succeeded.</summary>
    public Function After(IDependable step)
    {
        Lambda.Node.DefaultChild!.Node.AddDependency(step);
        return this;
    }
}
