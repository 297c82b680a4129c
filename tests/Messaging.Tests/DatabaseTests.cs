using Messaging.Hosting;
using Npgsql;

namespace Messaging.Tests;

/// <summary>How a pool is opened.</summary>
public sealed class DatabaseTests
{
    // A worker with 50 messages in flight needs 50 connections: with fewer, its handlers fail at waiting for one.
    [Theory]
    [InlineData("Host=localhost", 16)]
    [InlineData("Host=localhost;Maximum Pool Size=50", 50)]
    [InlineData("Host=localhost;MaxPoolSize=3", 3)]
    public async Task The_pool_is_as_large_as_the_connection_string_says(string connectionString, int size)
    {
        await using var database = Database.Open(connectionString);

        Assert.Equal(size, new NpgsqlConnectionStringBuilder(database.ConnectionString).MaxPoolSize);
    }
}
