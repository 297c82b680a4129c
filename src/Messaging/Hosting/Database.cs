using Amazon;
using Amazon.DSQL.Util;
using Npgsql;

namespace Messaging.Hosting;

/// <summary>Connects to PostgreSQL: to any by its connection string, to Aurora DSQL with a token of the function's own role.</summary>
public static class Database
{
    // A token is good for 15 minutes; a connection that was made with it lives on.
    private static readonly TimeSpan TokenLife = TimeSpan.FromMinutes(15);

    /// <summary>Opens a pool.</summary>
    /// <param name="connectionString">As Npgsql reads it. A host <c>*.dsql.{region}.on.aws</c> without a password gets a token.</param>
    /// <returns>The pool, still without a connection.</returns>
    public static NpgsqlDataSource Open(string connectionString)
    {
        var builder = new NpgsqlSlimDataSourceBuilder(connectionString);
        builder.EnableArrays();
        builder.EnableTransportSecurity();

        // A batch of ten runs at most ten transactions at a time.
        builder.ConnectionStringBuilder.MaxPoolSize = Math.Min(builder.ConnectionStringBuilder.MaxPoolSize, 16);
        if (RegionOfDsql(builder.ConnectionStringBuilder) is { } region)
        {
            var host = builder.ConnectionStringBuilder.Host!;
            builder.UsePeriodicPasswordProvider(
                (_, _) => new(DSQLAuthTokenGenerator.GenerateDbConnectAdminAuthToken(region, host)),
                TokenLife * 0.8,
                TimeSpan.FromSeconds(5));
        }

        return builder.Build();
    }

    private static RegionEndpoint? RegionOfDsql(NpgsqlConnectionStringBuilder connection) =>
        connection is { Password: null, Host: { } host } && host.Split('.') is [_, "dsql", var region, "on", "aws"]
            ? RegionEndpoint.GetBySystemName(region)
            : null;
}
