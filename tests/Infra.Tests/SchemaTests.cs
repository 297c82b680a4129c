namespace Infra.Tests;

public sealed class SchemaTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("infra-schema-").FullName;

    [Fact]
    public void A_changed_script_changes_the_version_and_so_runs_the_migration()
    {
        Write("src/Messaging/Schema/001.sql", "create table inbox ()");
        var before = Version;

        Write("src/Messaging/Schema/001.sql", "create table inbox (id uuid)");

        Assert.NotEqual(before, Version);
    }

    [Fact]
    public void A_new_script_anywhere_in_src_changes_the_version()
    {
        Write("src/Messaging/Schema/001.sql", "create table inbox ()");
        var before = Version;

        Write("src/Functions/Booking/Schema/001.sql", "create table rooms ()");

        Assert.NotEqual(before, Version);
    }

    [Fact]
    public void Line_ends_and_other_files_do_not_change_the_version()
    {
        Write("src/Messaging/Schema/001.sql", "create table inbox\n()");
        var before = Version;

        Write("src/Messaging/Schema/001.sql", "create table inbox\r\n()");
        Write("src/Messaging/Queries/001.sql", "select 1");

        Assert.Equal(before, Version);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string Version => new Repository(_root).SchemaHash();

    private void Write(string path, string text)
    {
        var file = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
