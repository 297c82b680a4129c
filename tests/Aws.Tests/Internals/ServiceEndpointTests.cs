using Amazon;
using Amazon.Runtime;
using Amazon.SimpleEmailV2;
using Amazon.SQS;
using Aws.Http;
using Aws.Tests.Loopback;

namespace Aws.Tests.Internals;

public class ServiceEndpointTests
{
    [Fact]
    public void The_default_region_counts_where_no_other_is_set()
    {
        using var environment = new EnvironmentScope(("AWS_DEFAULT_REGION", "eu-central-1"));

        Assert.Equal("https://sqs.eu-central-1.amazonaws.com/", ServiceEndpoint.Resolve(new AmazonSQSConfig(), "SQS").Address.ToString());
    }

    [Fact]
    public void The_configured_region_wins_and_brings_its_own_domain()
    {
        using var environment = new EnvironmentScope(("AWS_REGION", "eu-central-1"));

        var endpoint = ServiceEndpoint.Resolve(new AmazonSimpleEmailServiceV2Config { RegionEndpoint = RegionEndpoint.CNNorth1 }, "SESV2");

        Assert.Equal(("https://email.cn-north-1.amazonaws.com.cn/", "cn-north-1"), (endpoint.Address.ToString(), endpoint.Region));
    }

    [Fact]
    public void The_environments_endpoints_can_be_ignored()
    {
        using var environment = new EnvironmentScope(
            ("AWS_REGION", "eu-west-1"), ("AWS_ENDPOINT_URL", "http://127.0.0.1:1"), ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"));

        Assert.Equal("sqs.eu-west-1.amazonaws.com", ServiceEndpoint.Resolve(new AmazonSQSConfig(), "SQS").Address.Host);
    }

    [Fact]
    public void An_endpoint_of_ones_own_signs_for_the_environments_region()
    {
        using var environment = new EnvironmentScope(("AWS_REGION", "eu-central-1"));

        Assert.Equal("eu-central-1", ServiceEndpoint.Resolve(new AmazonSQSConfig { ServiceURL = "http://127.0.0.1:1" }, "SQS").Region);
    }

    [Fact]
    public void The_configured_region_is_signed_for_at_the_environments_endpoint()
    {
        using var environment = new EnvironmentScope(("AWS_REGION", "eu-central-1"), ("AWS_ENDPOINT_URL", "http://127.0.0.1:1"));

        var endpoint = ServiceEndpoint.Resolve(new AmazonSQSConfig { RegionEndpoint = RegionEndpoint.EUNorth1 }, "SQS");

        Assert.Equal(("http://127.0.0.1:1/", "eu-north-1"), (endpoint.Address.ToString(), endpoint.Region));
    }

    [Fact]
    public void An_endpoint_that_is_no_URL_is_quoted()
    {
        using var environment = new EnvironmentScope(("AWS_REGION", "eu-west-1"), ("AWS_ENDPOINT_URL_SQS", "localhost:4566"));

        var error = Assert.Throws<AmazonClientException>(() => ServiceEndpoint.Resolve(new AmazonSQSConfig(), "SQS"));

        Assert.Equal("The endpoint 'localhost:4566' is not an absolute http or https URL. Set AWS_ENDPOINT_URL_SQS or ServiceURL to one.", error.Message);
    }
}
