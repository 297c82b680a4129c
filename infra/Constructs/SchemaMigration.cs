using Amazon.CDK;
using Constructs;

namespace Infra.Constructs;

/// <summary>What a migration is made from.</summary>
public sealed record SchemaMigrationProps
{
    /// <summary>Brings the schema up to date and answers as a custom resource.</summary>
    public required Function Function { get; init; }

    /// <summary>The function runs again whenever this value changes.</summary>
    public required string Version { get; init; }
}

/// <summary>Runs a function as a step of the deployment. What depends on this construct changes only after it succeeded.</summary>
public sealed class SchemaMigration : Construct
{
    /// <summary>Creates the step.</summary>
    public SchemaMigration(Construct scope, string id, SchemaMigrationProps props) : base(scope, id)
    {
        _ = new CustomResource(this, "migration", new CustomResourceProps
        {
            Properties = new Dictionary<string, object>
            {
                // CloudFormation waits an hour for a function that died. Lambda tries three times, after one minute and after two more.
                ["ServiceTimeout"] = (3 * props.Function.Timeout.ToSeconds()) + 180,
                ["Version"] = props.Version,
            },
            ResourceType = "Custom::SchemaMigration",
            ServiceToken = props.Function.Lambda.FunctionArn,
        });
    }
}
