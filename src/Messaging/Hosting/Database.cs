using Amazon;
using Amazon.DSQL.Util;
using Npgsql;

namespace Messaging.Hosting;

/// <summary>Connects to PostgreSQL: to any by its connection string, to Aurora DSQL with a token of the function's own role.</summary>
public static class Database
{
    // DSQL ends a connection after an hour.
    private const int DsqlConnectionLifetimeSeconds = 50 * 60;

    private const int DefaultPoolSize = 16;

    /// <summary>Opens a pool: of 16 connections, unless the string has another <c>Maximum Pool Size</c>.</summary>
    /// <param name="connectionString">As Npgsql reads it. A host <c>*.dsql.{region}.on.aws</c> without a password gets a token.</param>
    /// <returns>The pool, still without a connection.</returns>
    public static NpgsqlDataSource Open(string connectionString)
    {
        var builder = new NpgsqlSlimDataSourceBuilder(connectionString);
        builder.EnableArrays();
        builder.EnableTransportSecurity();

        // A batch of ten runs at most ten transactions at a time; a worker with more in flight says so.
        if (!builder.ConnectionStringBuilder.ShouldSerialize("Maximum Pool Size"))
            builder.ConnectionStringBuilder.MaxPoolSize = DefaultPoolSize;
        if (RegionOfDsql(builder.ConnectionStringBuilder) is { } region)
        {
            // DSQL knows no DISCARD. A token is signed here, for each new connection: a timer would stand still while Lambda freezes the process.
            var host = builder.ConnectionStringBuilder.Host!;
            builder.ConnectionStringBuilder.NoResetOnClose = true;
            builder.ConnectionStringBuilder.ConnectionLifetime = DsqlConnectionLifetimeSeconds;
            builder.UsePasswordProvider(
                _ => DSQLAuthTokenGenerator.GenerateDbConnectAdminAuthToken(region, host),
                (_, _) => new(DSQLAuthTokenGenerator.GenerateDbConnectAdminAuthToken(region, host)));
        }

        return builder.Build();
    }

    private static RegionEndpoint? RegionOfDsql(NpgsqlConnectionStringBuilder connection) =>
        connection is { Password: null, Host: { } host } && host.Split('.') is [_, "dsql", var region, "on", "aws"]
            ? RegionEndpoint.GetBySystemName(region)
            : null;
}
