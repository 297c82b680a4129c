using Infra.Constructs;

namespace Infra;

/// <summary>How functions reach the database.</summary>
internal sealed record Database
{
    /// <summary>For Npgsql, without a password: an IAM token is one on Aurora DSQL, elsewhere the server decides.</summary>
    internal required string ConnectionString { get; init; }

    /// <summary>The Aurora DSQL cluster, if it is one.</summary>
    internal string? ClusterArn { get; init; }

    internal void Connect(Function function)
    {
        function.Set("DATABASE", ConnectionString);
        if (ClusterArn is not null)
            function.Allow(["dsql:DbConnectAdmin"], ClusterArn);
    }
}
