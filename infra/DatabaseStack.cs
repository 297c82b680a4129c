using Amazon.CDK;
using Constructs;

namespace Infra;

/// <summary>Stateful: the Aurora DSQL cluster, protected from deletion by CloudFormation and by itself where the stage protects anything.</summary>
internal sealed class DatabaseStack : Stack
{
    internal Database Database { get; }

    internal DatabaseStack(Construct scope, string id, Stage stage)
        : base(scope, id, new StackProps { Description = "Bookings: the database", TerminationProtection = stage.IsProtected })
    {
        // The CDK has no construct for it yet.
        var cluster = new CfnResource(this, "cluster", new CfnResourceProps
        {
            Type = "AWS::DSQL::Cluster",
            Properties = new Dictionary<string, object> { ["DeletionProtectionEnabled"] = stage.IsProtected },
        });
        cluster.ApplyRemovalPolicy(stage.IsProtected ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY);

        var endpoint = cluster.GetAtt("Endpoint").ToString();
        Database = new Database
        {
            ConnectionString = $"Host={endpoint};Database=postgres;Username=admin;SSL Mode=VerifyFull",
            ClusterArn = cluster.GetAtt("ResourceArn").ToString(),
        };
        _ = new CfnOutput(this, "Endpoint", new CfnOutputProps { Value = endpoint, Description = "Host of the database" });
    }
}
