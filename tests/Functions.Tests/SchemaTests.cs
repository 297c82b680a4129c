using Tests.Common;

namespace Functions.Tests;

public sealed class SchemaTests
{
    [Fact]
    public void No_statement_uses_what_Aurora_DSQL_lacks()
    {
        Assert.NotEmpty(DsqlRules.Sources("Functions"));
        Assert.All(DsqlRules.Sources("Functions"), source => Assert.DoesNotMatch(DsqlRules.Lacking(), source));
    }

    [Theory]
    [InlineData("select 1 from nights where night = any($1) for update")]
    [InlineData("create table t (data jsonb)")]
    [InlineData("select 1 for update skip locked")]
    public void The_pattern_finds_what_is_lacking(string sql) => Assert.Matches(DsqlRules.Lacking(), sql);
}
