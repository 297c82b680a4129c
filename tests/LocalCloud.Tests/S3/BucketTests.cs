using System.Text;

namespace LocalCloud.Tests.S3;

public class BucketTests
{
    [Fact]
    public async Task A_second_create_is_fine_in_the_first_region_only()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;

        Assert.Equal(200, (await s3.SendAsync("PUT", "/bucket")).Status);
        Assert.Equal("", (await s3.GetAsync("/bucket?location")).Xml.Value);
        Assert.Equal(200, (await s3.PutAsync("/far", "<CreateBucketConfiguration><LocationConstraint>eu-central-1</LocationConstraint></CreateBucketConfiguration>")).Status);
        Assert.Equal("eu-central-1", (await s3.GetAsync("/far?location")).Xml.Value);
        Assert.Equal("eu-central-1", (await s3.SendAsync("HEAD", "/far"))["x-amz-bucket-region"]);
        Assert.Equal(["bucket", "far"], (await s3.GetAsync("/")).Xml.Descendants("Name").Select(name => name.Value));
    }

    [Theory]
    [InlineData("/ab")]
    [InlineData("/Capital")]
    [InlineData("/-dash")]
    [InlineData("/two..dots")]
    [InlineData("/192.168.0.1")]
    [InlineData("/xn--reserved")]
    public async Task A_bad_name_is_refused(string path)
    {
        await using var cloud = await TestCloud.StartAsync();

        Assert.Equal((400, "InvalidBucketName"), (await new S3Client(cloud).SendAsync("PUT", path)).Error);
    }

    [Fact]
    public async Task A_bucket_that_holds_something_cannot_be_deleted()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        await s3.PutAsync("/bucket/k", "x");

        Assert.Equal((409, "BucketNotEmpty"), (await s3.SendAsync("DELETE", "/bucket")).Error);
        await s3.SendAsync("DELETE", "/bucket/k");
        Assert.Equal(204, (await s3.SendAsync("DELETE", "/bucket")).Status);
        Assert.Equal(404, (await s3.SendAsync("HEAD", "/bucket")).Status);
    }

    [Theory]
    [InlineData("bucket.localhost")]
    [InlineData("bucket.s3.localhost")]
    [InlineData("bucket.s3.us-east-1.amazonaws.com")]
    [InlineData("bucket.s3.amazonaws.com")]
    public async Task A_host_can_name_the_bucket_with_a_signature_and_without(string host)
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;

        await s3.PutAsync("/folder/k", "hello", ("Host", host));
        await s3.SendAsync("DELETE", "/bucket?publicAccessBlock");
        await s3.PutAsync("/bucket?policy", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::bucket/*"}]}""");

        Assert.Equal("hello", (await s3.GetAsync("/bucket/folder/k")).Text);
        Assert.Equal("hello", (await s3.AnonymousAsync("GET", "/folder/k", ("Host", host))).Text);
        Assert.Equal("hello", (await s3.AnonymousAsync("GET", "/bucket/folder/k")).Text);
    }

    [Fact]
    public async Task A_document_comes_back_as_it_was_set_until_it_is_deleted()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;

        await s3.PutAsync("/bucket?tagging", "<Tagging> <TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>");

        Assert.Equal("ab", (await s3.GetAsync("/bucket?tagging")).Xml.Descendants("Tag").Single().Value);
        Assert.Equal(204, (await s3.SendAsync("DELETE", "/bucket?tagging")).Status);
        Assert.Equal((404, "NoSuchTagSet"), (await s3.GetAsync("/bucket?tagging")).Error);
        Assert.Equal("true", (await s3.GetAsync("/bucket?publicAccessBlock")).Xml.Element("BlockPublicPolicy")!.Value);
        Assert.Equal("AES256", (await s3.GetAsync("/bucket?encryption")).Xml.Descendants("SSEAlgorithm").Single().Value);
        Assert.Equal("BucketOwnerEnforced", (await s3.GetAsync("/bucket?ownershipControls")).Xml.Descendants("ObjectOwnership").Single().Value);
    }

    [Fact]
    public async Task The_buckets_encryption_is_that_of_objects_without_one()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        await s3.PutAsync("/bucket?encryption", "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>alias/aws/s3</KMSMasterKeyID></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>true</BucketKeyEnabled></Rule></ServerSideEncryptionConfiguration>");

        var put = await s3.PutAsync("/bucket/k", "x");

        Assert.Equal(("aws:kms", "true"), (put["x-amz-server-side-encryption"], put["x-amz-server-side-encryption-bucket-key-enabled"]));
    }

    [Theory]
    [InlineData("<Tagging><TagSet>")]
    [InlineData("<Other/>")]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"c\">]><Tagging>&b;</Tagging>")]
    [InlineData("")]
    [InlineData("{}")]
    public async Task Malformed_XML_is_refused(string body)
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;

        Assert.Equal((400, "MalformedXML"), (await s3.PutAsync("/bucket?tagging", body)).Error);
        Assert.Equal((400, "MalformedXML"), (await s3.PutAsync("/bucket?lifecycle", body)).Error);
    }

    [Fact]
    public async Task Deep_or_long_XML_is_refused()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        var deep = string.Concat(Enumerable.Repeat("<Tagging>", 100_000));

        Assert.Equal((400, "MalformedXML"), (await s3.PutAsync("/bucket?tagging", deep)).Error);
        Assert.Equal((400, "MaxMessageLengthExceeded"), (await s3.PutAsync("/bucket?tagging", deep + deep)).Error);
    }

    [Fact]
    public async Task A_policy_is_kept_as_it_was_written_and_checked_for_its_bucket()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        var policy = """{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::bucket","arn:aws:s3:::bucket/*"],"Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}""";

        Assert.Equal((404, "NoSuchBucketPolicy"), (await s3.GetAsync("/bucket?policy")).Error);
        Assert.Equal(204, (await s3.PutAsync("/bucket?policy", policy)).Status);
        Assert.Equal(policy, (await s3.GetAsync("/bucket?policy")).Text);
        Assert.Equal((400, "MalformedPolicy"), (await s3.PutAsync("/bucket?policy", policy.Replace(":::bucket", ":::other", StringComparison.Ordinal))).Error);
        Assert.Equal((400, "MalformedPolicy"), (await s3.PutAsync("/bucket?policy", "{")).Error);
        Assert.Equal((403, "AccessDenied"), (await s3.PutAsync("/bucket?policy", """{"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::bucket/*"}}""")).Error);
    }

    [Theory]
    [InlineData("'Principal':'*','Action':'s3:GetObject','Condition':{'StringSortOf':{'a':'b'}}", 400, "MalformedPolicy")]
    [InlineData("'Principal':'*','Action':'sqs:SendMessage'", 400, "MalformedPolicy")]
    [InlineData("'Principal':{'Nobody':'*'},'Action':'s3:GetObject'", 400, "MalformedPolicy")]
    [InlineData("'NotPrincipal':{'AWS':'000000000000'},'Action':'s3:GetObject'", 403, "AccessDenied")]
    public async Task A_policy_that_could_not_be_evaluated_or_is_public_is_refused(string statement, int status, string error)
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        var policy = $"{{'Statement':[{{'Effect':'Allow',{statement},'Resource':'arn:aws:s3:::bucket/*'}}]}}".Replace('\'', '"');

        Assert.Equal((status, error), (await s3.PutAsync("/bucket?policy", policy)).Error);
    }

    [Fact]
    public async Task A_browser_learns_by_the_rules_what_it_may_do()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        await s3.PutAsync("/bucket/k", "x");
        await s3.PutAsync("/bucket?cors", "<CORSConfiguration><CORSRule><AllowedOrigin>https://*.example.com</AllowedOrigin><AllowedMethod>GET</AllowedMethod><AllowedHeader>x-*</AllowedHeader><ExposeHeader>ETag</ExposeHeader><MaxAgeSeconds>60</MaxAgeSeconds></CORSRule></CORSConfiguration>");

        var yes = await s3.AnonymousAsync("OPTIONS", "/bucket/k", ("Origin", "https://a.example.com"), ("Access-Control-Request-Method", "GET"), ("Access-Control-Request-Headers", "X-Mine"));
        var no = await s3.AnonymousAsync("OPTIONS", "/bucket/k", ("Origin", "https://a.example.org"), ("Access-Control-Request-Method", "GET"));
        var get = await s3.GetAsync("/bucket/k", ("Origin", "https://a.example.com"));

        Assert.Equal((200, "https://a.example.com", "GET", "x-mine", "60"), (yes.Status, yes["Access-Control-Allow-Origin"], yes["Access-Control-Allow-Methods"], yes["Access-Control-Allow-Headers"], yes["Access-Control-Max-Age"]));
        Assert.Equal((403, "AccessForbidden"), no.Error);
        Assert.Equal(("https://a.example.com", "ETag"), (get["Access-Control-Allow-Origin"], get["Access-Control-Expose-Headers"]));
        Assert.Null((await s3.GetAsync("/bucket/k", ("Origin", "https://a.example.org")))["Access-Control-Allow-Origin"]);
    }

    [Fact]
    public async Task What_is_not_there_says_so()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;

        Assert.Equal((501, "NotImplemented"), (await s3.PutAsync("/bucket?website", "<WebsiteConfiguration/>")).Error);
        Assert.Equal((404, "NoSuchWebsiteConfiguration"), (await s3.GetAsync("/bucket?website")).Error);
        Assert.Equal((400, "AccessControlListNotSupported"), (await s3.PutAsync("/bucket/k", "x", ("x-amz-acl", "public-read"))).Error);
        Assert.Equal((501, "NotImplemented"), (await s3.SendAsync("POST", "/bucket", Encoding.UTF8.GetBytes("x"))).Error);
    }
}
