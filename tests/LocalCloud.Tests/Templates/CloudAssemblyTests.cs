using LocalCloud.Templates;
using LocalCloud.Templates.Reading;

namespace LocalCloud.Tests.Templates;

public sealed class CloudAssemblyTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("assembly").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_manifest_names_the_stacks_and_those_of_its_stages()
    {
        Write("manifest.json", """
            { 'artifacts': { 'Tree': { 'type': 'cdk:tree' }, 'Shop.assets': { 'type': 'cdk:asset-manifest' },
              'Shop': { 'type': 'aws:cloudformation:stack', 'properties': { 'templateFile': 'Shop.template.json', 'stackName': 'shop-prod' } },
              'stage': { 'type': 'cdk:cloud-assembly', 'properties': { 'directoryName': 'assembly-stage' } } } }
            """);
        Write("Shop.template.json", "{ 'Resources': { 'Q': { 'Type': 'AWS::SQS::Queue' } } }");
        Write("assembly-stage/manifest.json", "{ 'artifacts': { 'Inner': { 'type': 'aws:cloudformation:stack', 'properties': { 'templateFile': 'Inner.template.json' } } } }");
        Write("assembly-stage/Inner.template.json", "{}");

        var stacks = CloudAssembly.Read(_directory);

        Assert.Equal(["shop-prod", "Inner"], stacks.Select(stack => stack.Name));
        Assert.Equal("AWS::SQS::Queue", stacks[0].Resources["Q"].Type);
    }

    [Fact]
    public void A_folder_of_plain_templates_is_one_stack_a_file()
    {
        Write("b.template.json", "{}");
        Write("a.template.json", "{}");

        Assert.Equal(["a", "b"], CloudAssembly.Read(_directory).Select(stack => stack.Name));
    }

    [Fact]
    public void A_folder_without_templates_is_an_error_that_says_what_to_run() => Assert.Equal(
        $"'{_directory}' has no stack: it holds neither a manifest.json with stacks nor a *.template.json. Run 'npx cdk synth' first.",
        Assert.Throws<TemplateException>(() => CloudAssembly.Read(_directory)).Message);

    [Fact]
    public void A_file_that_is_not_JSON_is_named()
    {
        Write("a.template.json", "Resources:\n  Queue:");

        Assert.StartsWith($"'{Path.Combine(_directory, "a.template.json")}' cannot be read as a template: ", Assert.Throws<TemplateException>(() => CloudAssembly.Read(_directory)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ 'Resources': [] }", "Stack 'a' has Resources that are not an object. Write each under its logical id.")]
    [InlineData("{ 'Outputs': 'x' }", "Stack 'a' has Outputs that are not an object. Write each under its logical id.")]
    [InlineData("{ 'Resources': { 'Q': { 'Type': 'AWS::SQS::Queue', 'Properties': [] } } }", "Resource 'Q' of stack 'a' (AWS::SQS::Queue) has Properties that are not an object. Write each under its name.")]
    public void A_part_of_another_shape_is_an_error_and_not_left_out(string template, string sentence)
    {
        Write("a.template.json", template);

        Assert.Equal(sentence, Assert.Throws<TemplateException>(() => CloudAssembly.Read(_directory)).Message);
    }

    [Fact]
    public void Templates_in_YAML_are_told_to_be_converted()
    {
        Write("a.yaml", "Resources:");

        Assert.Equal(
            $"'{_directory}' has templates in YAML only. Templates are read as JSON here, as the CDK writes them: convert them, for example with cfn-flip.",
            Assert.Throws<TemplateException>(() => CloudAssembly.Read(_directory)).Message);
    }

    [Theory]
    [InlineData("{ 'Resources': {}, 'Resources': {} }")]
    [InlineData("[]")]
    [InlineData("{ 'Resources': { 'A': { 'Type': 7 } } }")]
    [InlineData("{ 'Resources': { 'A': [] } }")]
    public void A_template_of_another_shape_is_one_sentence(string template)
    {
        Write("a.template.json", template);

        Assert.Throws<TemplateException>(() => CloudAssembly.Read(_directory));
    }

    private void Write(string file, string text)
    {
        var path = Path.Combine(_directory, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text.Replace('\'', '"'));
    }
}
