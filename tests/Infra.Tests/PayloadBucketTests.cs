using Amazon.CDK;
using Amazon.CDK.AWS.KMS;
using Infra.Constructs;

namespace Infra.Tests;

public sealed class PayloadBucketTests(Synthesis synthesis)
{
    private Resource Bucket => Assert.Single(synthesis.OfType("AWS::S3::Bucket"), bucket => bucket.Id.StartsWith("payloads", StringComparison.Ordinal));

    [Fact]
    public void Payloads_outlive_every_message_that_points_to_them_and_are_deleted_then()
    {
        var rule = Assert.Single(Bucket["LifecycleConfiguration"]!.Value.GetProperty("Rules").EnumerateArray());

        Assert.Equal(("Enabled", 60), (rule.GetProperty("Status").GetString(), rule.GetProperty("ExpirationInDays").GetInt32()));
        Assert.False(rule.TryGetProperty("Prefix", out _));
    }

    [Fact]
    public void A_bucket_that_forgets_before_51_days_is_refused()
    {
        var stack = new Stack(new App(), "Test");

        var error = Assert.Throws<ArgumentException>(() => new PayloadBucket(stack, "payloads", new() { Key = new Key(stack, "key"), Kept = Duration.Days(51) }));

        Assert.Contains("Keep them for more than 51", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_bucket_is_closed_and_encrypted_with_the_queues_own_key()
    {
        Assert.All(Bucket["PublicAccessBlockConfiguration"]!.Value.EnumerateObject(), block => Assert.True(block.Value.GetBoolean()));
        var encryption = Assert.Single(Bucket["BucketEncryption"]!.Value.GetProperty("ServerSideEncryptionConfiguration").EnumerateArray());
        var key = synthesis.Target(Bucket, encryption.GetProperty("ServerSideEncryptionByDefault").GetProperty("KMSMasterKeyID"));
        Assert.Equal("Messages in queues", key.Text("Description"));
    }

    [Theory]
    [InlineData("Booking", true)]
    [InlineData("BookingApi", true)]
    [InlineData("Worker", true)]
    [InlineData("Email", true)]
    [InlineData("Partner", true)]
    [InlineData("Finance", true)]
    [InlineData("OutboxRelay", false)]
    [InlineData("Migrations", false)]
    public void Only_who_reads_or_writes_payloads_knows_the_bucket(string function, bool knows) =>
        Assert.Equal(knows, synthesis.Function(function)["Environment"]?.GetProperty("Variables").TryGetProperty("PAYLOAD_BUCKET", out _) ?? false);
}
