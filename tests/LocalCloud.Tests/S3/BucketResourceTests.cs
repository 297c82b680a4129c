using LocalCloud.Tests.Templates;

namespace LocalCloud.Tests.S3;

public class BucketResourceTests
{
    [Fact]
    public async Task A_bucket_in_a_template_is_made_with_its_configuration()
    {
        await using var app = await DeployedApp.StartAsync("""
            { 'Resources': {
              'Queue': { 'Type': 'AWS::SQS::Queue' },
              'LetIn': { 'Type': 'AWS::SQS::QueuePolicy', 'Properties': { 'Queues': [{ 'Ref': 'Queue' }], 'PolicyDocument': { 'Version': '2012-10-17', 'Statement': [{ 'Effect': 'Allow', 'Principal': { 'Service': 's3.amazonaws.com' }, 'Action': 'sqs:SendMessage', 'Resource': { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'Condition': { 'StringEquals': { 'aws:SourceAccount': { 'Ref': 'AWS::AccountId' } } } }] } } },
              'Claims': { 'Type': 'AWS::S3::Bucket', 'DependsOn': 'LetIn', 'Properties': {
                'VersioningConfiguration': { 'Status': 'Enabled' },
                'PublicAccessBlockConfiguration': { 'BlockPublicAcls': true, 'BlockPublicPolicy': true, 'IgnorePublicAcls': true, 'RestrictPublicBuckets': true },
                'BucketEncryption': { 'ServerSideEncryptionConfiguration': [{ 'ServerSideEncryptionByDefault': { 'SSEAlgorithm': 'aws:kms', 'KMSMasterKeyID': 'alias/aws/s3' }, 'BucketKeyEnabled': true }] },
                'LifecycleConfiguration': { 'Rules': [{ 'Id': 'r', 'Status': 'Enabled', 'Prefix': 'p/', 'TagFilters': [{ 'Key': 'a', 'Value': 'b' }], 'ExpirationInDays': 60 }, { 'Status': 'Enabled', 'AbortIncompleteMultipartUpload': { 'DaysAfterInitiation': 1 } }] },
                'CorsConfiguration': { 'CorsRules': [{ 'AllowedMethods': ['GET'], 'AllowedOrigins': ['*'], 'MaxAge': 5 }] },
                'OwnershipControls': { 'Rules': [{ 'ObjectOwnership': 'BucketOwnerEnforced' }] },
                'NotificationConfiguration': { 'QueueConfigurations': [{ 'Event': 's3:ObjectCreated:*', 'Queue': { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'Filter': { 'S3Key': { 'Rules': [{ 'Name': 'prefix', 'Value': 'in/' }] } } }] },
                'Tags': [{ 'Key': 'team', 'Value': 'shop' }] } },
              'Policy': { 'Type': 'AWS::S3::BucketPolicy', 'Properties': { 'Bucket': { 'Ref': 'Claims' }, 'PolicyDocument': { 'Version': '2012-10-17', 'Statement': [{ 'Effect': 'Deny', 'Principal': '*', 'Action': 's3:*', 'Resource': [{ 'Fn::GetAtt': ['Claims', 'Arn'] }, { 'Fn::Sub': '${Claims.Arn}/*' }], 'Condition': { 'Bool': { 'aws:SecureTransport': 'false' } } }] } } } },
              'Outputs': { 'Name': { 'Value': { 'Ref': 'Claims' } }, 'Arn': { 'Value': { 'Fn::GetAtt': ['Claims', 'Arn'] } }, 'Domain': { 'Value': { 'Fn::GetAtt': ['Claims', 'RegionalDomainName'] } }, 'Queue': { 'Value': { 'Ref': 'Queue' } } } }
            """);
        var name = app.Deployment.Outputs["Name"];
        using var client = new HttpClient();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", TestCloud.Root("s3"));

        await app.Services.S3Async(HttpMethod.Put, $"/{name}/in/k", "hello", TestContext.Current.CancellationToken);
        async Task<string> DocumentAsync(string document) => await client.GetStringAsync(new Uri(new Uri(app.Deployment.Outputs["Queue"]), $"/{name}?{document}"), TestContext.Current.CancellationToken);

        Assert.Matches("^shop-claims-[0-9a-f]{8}$", name);
        Assert.Equal(($"arn:aws:s3:::{name}", $"{name}.s3.us-east-1.amazonaws.com"), (app.Deployment.Outputs["Arn"], app.Deployment.Outputs["Domain"]));
        Assert.Contains("<Status>Enabled</Status>", await DocumentAsync("versioning"), StringComparison.Ordinal);
        Assert.Contains("<KMSMasterKeyID>alias/aws/s3</KMSMasterKeyID>", await DocumentAsync("encryption"), StringComparison.Ordinal);
        Assert.Contains("<And><Prefix>p/</Prefix><Tag><Key>a</Key><Value>b</Value></Tag></And>", await DocumentAsync("lifecycle"), StringComparison.Ordinal);
        Assert.Contains("<AllowedOrigin>*</AllowedOrigin>", await DocumentAsync("cors"), StringComparison.Ordinal);
        Assert.Contains("<Key>team</Key>", await DocumentAsync("tagging"), StringComparison.Ordinal);
        Assert.Contains("aws:SecureTransport", await DocumentAsync("policy"), StringComparison.Ordinal);
        Assert.Equal(2, await app.CountAsync(app.Deployment.Outputs["Queue"]));
    }
}
